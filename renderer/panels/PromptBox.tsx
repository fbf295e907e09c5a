import { useEffect, useMemo, useRef } from 'react'
import { ArrowUp } from 'lucide-react'
import type { EditId } from '../../electron/api/strings/edits.ts'
import { PROMPT_STRINGS, RUN_STRINGS } from '../../electron/api/strings/prompt.ts'
import { findEditScale } from '../document/edit-scale.ts'
import { optionsKindOf } from '../document/edits/edit.ts'
import { EDITS } from '../document/edits/edits.ts'
import type { EditCanvas, WhichEdit } from '../document/which-edit.ts'
import { useEditorState, useOpenJob, useSession } from '../engine/document-session.tsx'
import { useLibrary, usePack } from '../engine/engine-hooks.ts'
import { hasNoPack } from '../engine/library-store.ts'
import { useWhichEdit } from '../engine/use-which-edit.ts'
import { Button } from '../ui/Button.tsx'
import { Spinner } from '../ui/Progress.tsx'
import { useActions } from './editor-actions.ts'
import { EditSwitch } from './EditSwitch.tsx'
import { EstimateNote } from './EstimateNote.tsx'
import { MainOption } from './MainOption.tsx'
import { PromptField } from './PromptField.tsx'
import { RunOptionsButton } from './RunOptionsButton.tsx'
import { RunProgress } from './RunProgress.tsx'
import { StylePresets } from './StylePresets.tsx'
import { useEditWords } from './use-edit-words.ts'
import styles from './PromptBox.module.css'

/** Below it the eye hardly sees the difference. */
const COARSE_SCALE = 2

/** The one box everything is asked for in. What Enter starts follows from canvas and words, and stands in it in words. */
export function PromptBox() {
  const { editor } = useSession()
  const { startRun } = useActions()
  const prompt = useEditorState((state) => state.prompt)
  const { canvas, which } = useWhichEdit()
  const wordsOf = useEditWords()
  const isWithoutPack = useLibrary(hasNoPack) && EDITS[which.id].kind !== null
  const job = useOpenJob()
  const input = useRef<HTMLTextAreaElement>(null)
  const isRunning = job !== null && job.phase !== 'ended'
  // In an empty document words come first.
  const isEmptyAtFirst = useRef(canvas.bounds === null && job === null)
  useEffect(() => {
    if (isEmptyAtFirst.current) input.current?.focus({ preventScroll: true })
  }, [])
  return (
    <section className={styles.box} aria-label={PROMPT_STRINGS.label}>
      <PromptField
        inputRef={input}
        prompt={prompt}
        placeholder={wordsOf(which.id).placeholder}
        onChange={(next) => editor.change({ prompt: next })}
        onConfirm={() => !isWithoutPack && startRun()}
      />
      {isRunning ? (
        <RunProgress job={job} />
      ) : (
        <EditBar canvas={canvas} which={which} isWithoutPack={isWithoutPack} onChosen={() => input.current?.focus()} />
      )}
    </section>
  )
}

interface EditBarProps {
  canvas: EditCanvas
  which: WhichEdit
  isWithoutPack: boolean
  /** The list of edits was closed. */
  onChosen: () => void
}

/** What Enter starts, what matters most of it, and the button that does the same. */
function EditBar({ canvas, which, isWithoutPack, onChosen }: EditBarProps) {
  const { startRun } = useActions()
  const isStarting = useEditorState((state) => state.isStarting)
  const isWordless = useEditorState((state) => state.prompt.trim() === '')
  const edit = EDITS[which.id]
  const words = useEditWords()(which.id)
  const isMissingWords = edit.words === 'needed' && isWordless
  const note = useCoarseNote(which.id, canvas)
  return (
    <>
      {edit.takesStyles && <StylePresets />}
      <p className={styles.detail}>
        {isWithoutPack ? PROMPT_STRINGS.noPack : isMissingWords ? words.wordsMissing : words.detail}
        {!isWithoutPack && note && <span>{note}</span>}
      </p>
      <div className={styles.bar}>
        <EditSwitch canvas={canvas} which={which} onClosed={onChosen} />
        <div className={styles.middle}>
          <MainOption edit={edit} />
        </div>
        <EstimateNote />
        <RunOptionsButton edit={edit} />
        <Button
          className={styles.start}
          kind="primary"
          size="large"
          disabled={isStarting || isWithoutPack}
          aria-disabled={isMissingWords}
          title={PROMPT_STRINGS.startHint}
          onClick={startRun}
        >
          {isStarting ? <Spinner /> : <ArrowUp size={16} strokeWidth={2.4} />}
          {isStarting ? RUN_STRINGS.starting : words.button}
        </Button>
      </div>
    </>
  )
}

/** That what is drawn will be coarser than the picture, where the eye would see it. */
function useCoarseNote(id: EditId, canvas: EditCanvas): string | null {
  const pack = usePack()
  const optionsKind = optionsKindOf(EDITS[id])
  const options = useEditorState(({ editOptions }) => optionsKind && editOptions[optionsKind])
  const scale = useMemo(() => (pack ? findEditScale(id, canvas, pack, options ?? {}) : 1), [pack, id, canvas, options])
  return scale >= COARSE_SCALE ? PROMPT_STRINGS.coarse(Math.round(scale), EDITS[id].area === 'mask' && canvas.maskBounds !== null) : null
}
