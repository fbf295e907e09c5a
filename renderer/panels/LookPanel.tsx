import { useEffect, useRef } from 'react'
import { X } from 'lucide-react'
import { ANALYSIS_STRINGS as STRINGS } from '../../electron/api/strings/analyses.ts'
import { formatNumber } from '../../electron/api/strings/numbers.ts'
import { meanLikelihood } from '../../electron/api/analyses.ts'
import { useLooks } from '../engine/document-session.tsx'
import { selectSpots, type LookId } from '../engine/looks-store.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Progress } from '../ui/Progress.tsx'
import { useActions } from './editor-actions.ts'
import { SubjectControls, WordsControls } from './WordsControls.tsx'
import styles from './LookPanel.module.css'

const CONTENTS: Readonly<Record<LookId, () => React.JSX.Element>> = {
  words: WordsControls,
  subject: SubjectControls,
  likelihood: LikelihoodControls,
  surprises: SpotsControls,
}

/** What the model was asked about the picture: a mask from words, how likely it finds each cell, or what surprises it. */
export function LookPanel() {
  const openLook = useLooks((state) => state.openLook)
  return openLook === null ? null : <OpenPanel key={openLook} id={openLook} />
}

function OpenPanel({ id }: { id: LookId }) {
  const { closeLook } = useActions()
  const panel = useRef<HTMLElement>(null)
  const Controls = CONTENTS[id]
  useEffect(() => {
    const before = document.activeElement
    const element = panel.current
    // Where nothing is to be typed, the canvas keeps the focus, and the key that opened the panel closes it.
    element?.querySelector('input')?.focus()
    return () => {
      const isFocusLost = document.activeElement === document.body || element?.contains(document.activeElement)
      if (isFocusLost && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <section
      ref={panel}
      className={styles.panel}
      aria-label={STRINGS.titles[id]}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        closeLook()
      }}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>{STRINGS.titles[id]}</h2>
        <IconButton label={STRINGS.close} keys={['Esc']} size="small" onClick={closeLook}>
          <X size={15} />
        </IconButton>
      </header>
      <p className={styles.hint}>{STRINGS.hints[id]}</p>
      <Controls />
      <Measuring />
    </section>
  )
}

/** How far it is, or what went wrong. */
function Measuring() {
  const { closeLook } = useActions()
  const progress = useLooks((state) => state.progress)
  const problem = useLooks((state) => state.problem)
  if (problem !== null) return <p className={styles.problem} role="alert">{problem}</p>
  if (progress === null) return null
  const { step, stepCount, secondsLeft } = progress
  return (
    <div className={styles.progress}>
      <Progress label={STRINGS.measuring} share={stepCount === 0 ? null : step / stepCount} />
      <p className={styles.hint}>{STRINGS.progress(secondsLeft)}</p>
      <Button size="small" onClick={closeLook}>
        {STRINGS.cancel}
      </Button>
    </div>
  )
}

function LikelihoodControls() {
  const { fixWeak, keysOf } = useActions()
  const found = useLooks((state) => state.found)
  return (
    <div className={styles.controls}>
      <div className={styles.legend}>
        <span>{STRINGS.likely}</span>
        <span className={styles.ramp} aria-hidden />
        <span>{STRINGS.unlikely}</span>
      </div>
      {found && <p className={styles.hint}>{STRINGS.mean(formatNumber(meanLikelihood(found.result.likelihoods[0] ?? []), 2))}</p>}
      <div className={styles.buttons}>
        <Button kind="primary" disabled={found === null} onClick={fixWeak} title={keysOf('run.fix-weak')?.join('+')}>
          {STRINGS.fixWeak}
        </Button>
      </div>
    </div>
  )
}

function SpotsControls() {
  const { maskFound } = useActions()
  const found = useLooks((state) => state.found)
  const spots = selectSpots(found)
  if (found === null) return <></>
  if (spots.length === 0) return <p className={styles.hint}>{STRINGS.noSpots}</p>
  return (
    <ol
      className={styles.spots}
      onKeyDown={(event) => {
        const spot = spots[Number(event.key) - 1]
        if (spot) maskFound('spot', spot.cells)
      }}
    >
      {spots.map(({ cells }, i) => (
        <li key={cells[0]}>
          <Button size="small" autoFocus={i === 0} onClick={() => maskFound('spot', cells)}>
            {STRINGS.spot(i + 1, cells.length)}
          </Button>
        </li>
      ))}
    </ol>
  )
}
