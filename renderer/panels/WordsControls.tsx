import type { ReactNode } from 'react'
import { ANALYSIS_STRINGS as STRINGS } from '../../electron/api/strings/analyses.ts'
import { formatShare } from '../../electron/api/strings/numbers.ts'
import { useEditorState, useLooks, useSession } from '../engine/document-session.tsx'
import { selectCells } from '../engine/looks-store.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Slider } from '../ui/Slider.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { useActions } from './editor-actions.ts'
import styles from './LookPanel.module.css'

/** What was found under other words says nothing of these. */
const FORGET = { found: null, problem: null }

/** What of the picture speaks against new words. */
export function WordsControls() {
  const { looks, editor } = useSession()
  const from = useLooks((state) => state.from)
  const budget = useLooks((state) => state.budget)
  const prompt = useEditorState((state) => state.prompt)
  return (
    <CellsForm found="words" budgetLabel={STRINGS.budget} budget={budget} onBudget={(next) => looks.change({ budget: next })}>
      <Field label={STRINGS.from} hint={STRINGS.fromHint}>
        {(id, hintId) => (
          <TextInput id={id} aria-describedby={hintId} value={from} onChange={(event) => looks.change({ from: event.target.value, ...FORGET })} />
        )}
      </Field>
      <Field label={STRINGS.to}>
        {(id) => (
          <TextInput
            id={id}
            value={prompt}
            onChange={(event) => {
              editor.change({ prompt: event.target.value })
              looks.change(FORGET)
            }}
          />
        )}
      </Field>
    </CellsForm>
  )
}

/** What words stand for, to stay where the background is replaced. */
export function SubjectControls() {
  const { looks } = useSession()
  const subject = useLooks((state) => state.subject)
  const budget = useLooks((state) => state.subjectBudget)
  return (
    <CellsForm found="subject" budgetLabel={STRINGS.subjectBudget} budget={budget} onBudget={(next) => looks.change({ subjectBudget: next })}>
      <Field label={STRINGS.subject} hint={STRINGS.subjectHint}>
        {(id, hintId) => (
          <TextInput id={id} aria-describedby={hintId} value={subject} onChange={(event) => looks.change({ subject: event.target.value, ...FORGET })} />
        )}
      </Field>
    </CellsForm>
  )
}

interface CellsFormProps {
  found: 'words' | 'subject'
  budgetLabel: string
  /** 0–1 */
  budget: number
  onBudget: (budget: number) => void
  /** The words. */
  children: ReactNode
}

/** Words, how much they may cover and how far a finding counts; then the proposal, seen on the canvas, to be made the mask. */
function CellsForm({ found, budgetLabel, budget, onBudget, children }: CellsFormProps) {
  const { looks } = useSession()
  const { measureLook, maskFound } = useActions()
  const spread = useLooks((state) => state.spread)
  const cells = selectCells(useLooks((state) => state))
  return (
    <form
      className={styles.controls}
      onSubmit={(event) => {
        event.preventDefault()
        measureLook()
      }}
    >
      {children}
      <div className={styles.slider}>
        <span>{budgetLabel}</span>
        <Slider label={budgetLabel} value={Math.round(budget * 100)} min={1} max={60} valueText={formatShare(budget)} onChange={(percent) => onBudget(percent / 100)} />
      </div>
      <div className={styles.slider}>
        <span>{STRINGS.spread}</span>
        <Slider label={STRINGS.spread} value={spread} min={0} max={3} valueText={STRINGS.cells(spread)} onChange={(next) => looks.change({ spread: next })} />
      </div>
      <div className={styles.buttons}>
        <Button type="submit" kind={cells.length === 0 ? 'primary' : 'secondary'}>
          {STRINGS.find}
        </Button>
        <Button kind={cells.length === 0 ? 'secondary' : 'primary'} disabled={cells.length === 0} onClick={() => maskFound(found, cells)}>
          {STRINGS.useAsMask}
        </Button>
      </div>
    </form>
  )
}
