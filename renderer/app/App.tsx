import { useMemo } from 'react'
import { useStore } from 'zustand'
import { REFUSAL_STRINGS } from '../../electron/api/strings/start-screen.ts'
import { DocumentSessionContext } from '../engine/document-session.tsx'
import { EngineContext } from '../engine/engine-context.tsx'
import type { DocumentActions } from '../panels/document-actions.ts'
import { EditorActionsContext, EnabledCommandsContext } from '../panels/editor-actions.ts'
import { StartScreen } from '../panels/StartScreen.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { TooltipProvider } from '../ui/Tooltip.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Dialogs } from './Dialogs.tsx'
import { deleteDocument, duplicateDocument, openDocument, renameDocument } from './documents.ts'
import { DropTarget } from './DropTarget.tsx'
import { createEditorActions } from './editor-actions.ts'
import { EditorScreen } from './EditorScreen.tsx'
import { Notices } from './Notices.tsx'
import { OpeningBanner } from './OpeningBanner.tsx'
import type { Program } from './program.ts'
import { RefusalPage } from './RefusalPage.tsx'
import { attempt } from './report-error.ts'
import { createFromPrompt } from './runs.ts'
import { useEnabledCommands } from './use-enabled-commands.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useTheme } from './use-theme.ts'
import styles from './EditorScreen.module.css'

export function App({ program }: { program: Program }) {
  const actions = useMemo(() => createEditorActions(program), [program])
  const enabled = useEnabledCommands(program)
  useShortcuts(program)
  useTheme(program)
  const liveText = useStore(program.store, (state) => state.liveText)
  return (
    <EngineContext value={program.engine}>
      <EditorActionsContext value={actions}>
        <EnabledCommandsContext value={enabled}>
          <TooltipProvider>
            <Screen program={program} />
            <ConnectionBanner />
            <OpeningBanner store={program.store} />
            <Notices store={program.store} />
            <DropTarget program={program} />
            <LiveRegion text={liveText} />
          </TooltipProvider>
        </EnabledCommandsContext>
      </EditorActionsContext>
    </EngineContext>
  )
}

function Screen({ program }: { program: Program }) {
  const screen = useStore(program.store, (state) => state.screen)
  const documentActions = useMemo(() => createDocumentActions(program), [program])
  if (screen.kind === 'editor') {
    return (
      <DocumentSessionContext value={screen.session}>
        <EditorScreen key={screen.session.id} program={program} session={screen.session} />
        <Dialogs program={program} hasDocument />
      </DocumentSessionContext>
    )
  }
  return (
    <>
      {screen.kind === 'start' && <StartScreen actions={documentActions} />}
      {screen.kind === 'opening' && (
        <main className={styles.page} aria-busy>
          <p role="status">{REFUSAL_STRINGS.opening}</p>
        </main>
      )}
      {screen.kind === 'refused' && <RefusalPage program={program} id={screen.id} error={screen.error} />}
      <Dialogs program={program} hasDocument={false} />
    </>
  )
}

function createDocumentActions(program: Program): DocumentActions {
  return {
    open: (id) => void openDocument(program, id),
    createFromPrompt: (prompt) => attempt(program, () => createFromPrompt(program, { prompt })),
    rename: (id, name) => attempt(program, () => renameDocument(program, id, name)),
    duplicate: (id) => attempt(program, async () => void (await duplicateDocument(program, id))),
    delete: (summary) => attempt(program, () => deleteDocument(program, summary)),
  }
}
