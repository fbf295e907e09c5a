import { Merge } from 'lucide-react'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import type { ViewportStore } from '../canvas/viewport-store.ts'
import { listPlaces } from '../engine/candidate-places.ts'
import { useDocumentState, useEditorState, useOpenJob, useSession } from '../engine/document-session.tsx'
import { useActions, useIsEnabled } from '../panels/editor-actions.ts'
import { Button } from '../ui/Button.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { BrushSize } from './BrushSize.tsx'
import { findBrushes, listPatchable } from './patch.ts'
import styles from './EditorScreen.module.css'

/** With which candidate one paints over the shown one, and with how large a brush. */
export function PatchOptions({ viewport }: { viewport: ViewportStore }) {
  const { editor } = useSession()
  const job = useOpenJob()
  const document = useDocumentState((state) => state.document)
  const state = useEditorState((all) => all)
  const brushes = job && findBrushes(job, document, state)
  if (job === null || brushes === null) return <p className={styles.hint}>{TOOL_STRINGS.hints.patch}</p>
  const places = listPlaces(job, state)
  const others = listPatchable(job, state).filter(({ index }) => index !== brushes.base)
  return (
    <>
      <div className={styles.choice}>
        {TOOL_STRINGS.patchWith(places.indexOf(brushes.base))}
        <SegmentedControl
          label={TOOL_STRINGS.patchWithLabel}
          value={String(brushes.index)}
          segments={others.map(({ index }) => ({ value: String(index), label: String(places.indexOf(index) + 1) }))}
          onChange={(index) => editor.change({ patchWith: { jobId: job.id, index: Number(index) } })}
        />
      </div>
      <BrushSize viewport={viewport} />
    </>
  )
}

export function SettleButton() {
  const { run } = useActions()
  const isEnabled = useIsEnabled('patch.settle')
  return (
    <Tooltip label={TOOL_STRINGS.settleHint} keys={['Enter']} side="bottom">
      <Button kind="primary" disabled={!isEnabled} onClick={() => run('patch.settle')}>
        <Merge size={14} />
        {TOOL_STRINGS.settle}
      </Button>
    </Tooltip>
  )
}
