import { useState } from 'react'
import { Download, Eye, History, LayoutGrid, Redo2, Settings, Undo2, ZoomIn, ZoomOut } from 'lucide-react'
import { useStore } from 'zustand'
import { EDITOR_STRINGS } from '../../electron/api/strings/editor.ts'
import { HISTORY_STRINGS, type HistoryLabel } from '../../electron/api/strings/history.ts'
import { START_SCREEN_STRINGS } from '../../electron/api/strings/start-screen.ts'
import type { ViewportStore } from '../canvas/viewport-store.ts'
import { useDocumentState, useEditorState } from '../engine/document-session.tsx'
import { useLibrary } from '../engine/engine-hooks.ts'
import { BeforeButton } from '../panels/BeforeButton.tsx'
import { CommandButton } from '../panels/CommandButton.tsx'
import { ModelLine } from '../panels/ModelLine.tsx'
import { NameField } from '../panels/NameField.tsx'
import { Button } from '../ui/Button.tsx'
import { joinClasses } from '../ui/class-names.ts'
import { Menu } from '../ui/Menu.tsx'
import { renameDocument } from './documents.ts'
import { MainMenu } from './MainMenu.tsx'
import type { EditorSession, Program } from './program.ts'
import { attempt } from './report-error.ts'
import { CommandItem } from './ToolOptions.tsx'
import styles from './EditorScreen.module.css'

/** Top left: where one is, and undo. */
export function DocumentBar({ program, session }: { program: Program; session: EditorSession }) {
  return (
    <div className={styles.group}>
      {program.host.kind === 'browser' && <MainMenu />}
      <CommandButton command="file.documents" tooltipSide="bottom">
        <LayoutGrid size={17} />
      </CommandButton>
      <DocumentName program={program} session={session} />
      <div className={styles.line} />
      <UndoButtons />
      <ModelLine />
    </div>
  )
}

function UndoButtons() {
  const undoLabel = useDocumentState((state) => state.undoLabel)
  const redoLabel = useDocumentState((state) => state.redoLabel)
  const nameOf = (label: HistoryLabel | null) => (label === null ? null : HISTORY_STRINGS[label])
  return (
    <>
      <CommandButton command="edit.undo" label={EDITOR_STRINGS.undo(nameOf(undoLabel))} tooltipSide="bottom">
        <Undo2 size={17} />
      </CommandButton>
      <CommandButton command="edit.redo" label={EDITOR_STRINGS.redo(nameOf(redoLabel))} tooltipSide="bottom">
        <Redo2 size={17} />
      </CommandButton>
    </>
  )
}

function DocumentName({ program, session }: { program: Program; session: EditorSession }) {
  const name = useLibrary((state) => state.documents?.find(({ id }) => id === session.id)?.name) ?? START_SCREEN_STRINGS.untitled
  const bounds = useDocumentState((state) => state.document.bounds)
  const [isRenaming, setIsRenaming] = useState(false)
  if (isRenaming) {
    const rename = (next: string) => attempt(program, () => renameDocument(program, session.id, next))
    return (
      <div className={styles.nameField}>
        <NameField name={name} onRename={rename} onEnd={() => setIsRenaming(false)} />
      </div>
    )
  }
  return (
    <>
      <button type="button" className={styles.name} title={EDITOR_STRINGS.rename} onClick={() => setIsRenaming(true)}>
        {name}
      </button>
      {bounds && <span className={styles.size}>{EDITOR_STRINGS.pictureSize(bounds.width, bounds.height)}</span>}
    </>
  )
}

/** Top right: how it is looked at, and out. */
export function ViewBar({ viewport }: { viewport: ViewportStore }) {
  const zoom = useStore(viewport, (state) => state.zoom)
  const isHistoryOpen = useEditorState((state) => state.isHistoryOpen)
  return (
    <div className={joinClasses(styles.group, styles.end)}>
      <CommandButton command="view.zoom-out" tooltipSide="bottom">
        <ZoomOut size={17} />
      </CommandButton>
      <Menu
        align="end"
        trigger={
          <Button className={styles.zoom} kind="ghost" title={EDITOR_STRINGS.zoomMenu}>
            {EDITOR_STRINGS.zoomLevel(zoom)}
          </Button>
        }
      >
        <CommandItem command="view.fit" />
        <CommandItem command="view.actual-size" />
        <CommandItem command="view.zoom-in" />
        <CommandItem command="view.zoom-out" />
      </Menu>
      <CommandButton command="view.zoom-in" tooltipSide="bottom">
        <ZoomIn size={17} />
      </CommandButton>
      <div className={styles.line} />
      <BeforeButton>
        <Eye size={17} />
      </BeforeButton>
      <CommandButton command="view.history" tooltipSide="bottom" isPressed={isHistoryOpen}>
        <History size={17} />
      </CommandButton>
      <CommandButton command="app.settings" tooltipSide="bottom">
        <Settings size={17} />
      </CommandButton>
      <CommandButton command="file.export" tooltipSide="bottom">
        <Download size={17} />
      </CommandButton>
    </div>
  )
}
