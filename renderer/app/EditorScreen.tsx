import { useRef } from 'react'
import { useStore } from 'zustand'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { useEditorState } from '../engine/document-session.tsx'
import { CandidateTray } from '../panels/CandidateTray.tsx'
import { HistoryPanel } from '../panels/HistoryPanel.tsx'
import { LookPanel } from '../panels/LookPanel.tsx'
import { PromptBox } from '../panels/PromptBox.tsx'
import { CanvasArea } from './CanvasArea.tsx'
import type { EditorSession, Program } from './program.ts'
import { SpotMarks } from './SpotMarks.tsx'
import { ToolOptions } from './ToolOptions.tsx'
import { ToolRail } from './ToolRail.tsx'
import { MaskWorkBanner } from './MaskWorkBanner.tsx'
import { DocumentBar, ViewBar } from './TopBars.tsx'
import { UnsavedBanner } from './UnsavedBanner.tsx'
import { useInsets } from './use-insets.ts'
import styles from './EditorScreen.module.css'

/** The open document: the canvas fills the window, everything else floats over it. */
export function EditorScreen({ program, session }: { program: Program; session: EditorSession }) {
  const theme = useStore(program.store, (state) => state.theme)
  const isHistoryOpen = useEditorState((state) => state.isHistoryOpen)
  const isBeforeShown = useEditorState((state) => state.isBeforeShown)
  const top = useRef<HTMLDivElement>(null)
  const drawer = useRef<HTMLDivElement>(null)
  useInsets(session.viewport, top, drawer)
  return (
    <main className={styles.editor}>
      <CanvasArea program={program} session={session} theme={theme} />
      <SpotMarks session={session} />
      <div ref={top} className={styles.top}>
        <DocumentBar program={program} session={session} />
        <ToolOptions viewport={session.viewport} />
        <ViewBar viewport={session.viewport} />
      </div>
      <ToolRail viewport={session.viewport} />
      <UnsavedBanner />
      <MaskWorkBanner />
      {isBeforeShown && <div className={styles.beforeBadge}>{CANDIDATE_STRINGS.beforeShown}</div>}
      <div ref={drawer} className={styles.drawer}>
        <LookPanel />
        <CandidateTray />
        {isHistoryOpen && <HistoryPanel />}
      </div>
      <div className={styles.bottom}>
        <PromptBox />
      </div>
    </main>
  )
}
