import { useEffect, useMemo, useRef } from 'react'
import { ArrowUp } from 'lucide-react'
import { EDIT_STRINGS, PROMPT_STRINGS, RUN_STRINGS } from '../../electron/api/strings/prompt.ts'
import { findEditScale } from '../document/edit-scale.ts'
import { whichEdit } from '../document/which-edit.ts'
import { useDocumentState, useEditorState, useOpenJob, useSession } from '../engine/document-session.tsx'
import { useLibrary, usePack } from '../engine/engine-hooks.ts'
import { Button } from '../ui/Button.tsx'
import { Spinner } from '../ui/Progress.tsx'
import { useActions } from './editor-actions.ts'
import { PromptField } from './PromptField.tsx'
import { RunOptionsButton } from './RunOptionsButton.tsx'
import { RunProgress } from './RunProgress.tsx'
import styles from './PromptBox.module.css'

/** Below it the eye hardly sees the difference. */
const COARSE_SCALE = 2

/** The one box everything is asked for in. What Enter starts follows from the canvas and stands beside it in words. */
export function PromptBox() {
  const { editor } = useSession()
  const { startRun } = useActions()
  const prompt = useEditorState((state) => state.prompt)
  const isStarting = useEditorState((state) => state.isStarting)
  const document = useDocumentState((state) => state.document)
  const edit = useMemo(() => whichEdit(document), [document])
  const words = EDIT_STRINGS[edit.reason]
  const isWithoutPack = useLibrary(({ packs }) => packs?.length === 0) && edit.kind !== 'crop'
  const job = useOpenJob()
  const input = useRef<HTMLTextAreaElement>(null)
  const pack = usePack()
  const scale = useMemo(() => (pack ? findEditScale(edit, document.bounds, pack) : 1), [pack, edit, document.bounds])
  const coarseWords = scale >= COARSE_SCALE && (edit.kind === 'repaint' || edit.kind === 'extend') && PROMPT_STRINGS.coarse[edit.kind](Math.round(scale))
  const isRunning = job !== null && job.phase !== 'ended'
  const start = () => {
    if (!isWithoutPack) startRun()
  }
  // In an empty document words come first.
  const isEmptyAtFirst = useRef(document.bounds === null && job === null)
  useEffect(() => {
    if (isEmptyAtFirst.current) input.current?.focus({ preventScroll: true })
  }, [])
  return (
    <section className={styles.box} aria-label={PROMPT_STRINGS.label}>
      <PromptField
        inputRef={input}
        prompt={prompt}
        placeholder={words.placeholder}
        onChange={(next) => editor.change({ prompt: next })}
        onConfirm={start}
      />
      {isRunning ? (
        <RunProgress job={job} />
      ) : (
        <div className={styles.bar}>
          <div className={styles.edit}>
            <p>
              {isWithoutPack ? (
                PROMPT_STRINGS.noPack
              ) : (
                <>
                  <strong>{words.action}.</strong> {words.detail ?? PROMPT_STRINGS.startHint}
                </>
              )}
            </p>
            {!isWithoutPack && coarseWords && <p>{coarseWords}</p>}
          </div>
          <RunOptionsButton edit={edit.kind} />
          <Button className={styles.start} kind="primary" size="large" disabled={isStarting || isWithoutPack} title={PROMPT_STRINGS.startHint} onClick={start}>
            {isStarting ? <Spinner /> : <ArrowUp size={16} strokeWidth={2.4} />}
            {isStarting ? RUN_STRINGS.starting : words.button}
          </Button>
        </div>
      )}
    </section>
  )
}
