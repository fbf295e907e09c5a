import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import type { Job } from '../../electron/api/jobs.ts'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { useEditorState, useOpenJob, useSession } from '../engine/document-session.tsx'
import { useActions } from './editor-actions.ts'
import { CandidateCard } from './CandidateCard.tsx'
import { CandidateFacts } from './CandidateFacts.tsx'
import { JobProblem } from './JobProblem.tsx'
import styles from './CandidateTray.module.css'

/** Of the tray, as its style lays it out. */
const COLUMN_COUNT = 2

/** The candidates of the open run, forming or done. */
export function CandidateTray() {
  const job = useOpenJob()
  if (job === null) return null
  const isEmpty = job.phase === 'ended' && job.candidates.length === 0
  // A run that was stopped in another document this one is a copy of.
  if (isEmpty && job.state === 'cancelled') return null
  return (
    <section className={styles.tray} aria-label={CANDIDATE_STRINGS.tray}>
      <JobProblem job={job} />
      {!isEmpty && <OpenTray job={job} />}
    </section>
  )
}

function OpenTray({ job }: { job: Job }) {
  const { editor } = useSession()
  const { accept, dismissCandidates } = useActions()
  const list = useRef<HTMLDivElement>(null)
  const shown = useEditorState((state) => state.shownCandidate)
  const { count } = job.request

  // What had the focus is about to go: the canvas is where one goes on.
  useLayoutEffect(() => {
    const element = list.current?.parentElement
    return () => {
      if (element?.contains(document.activeElement)) document.querySelector<HTMLElement>('[role="application"]')?.focus()
    }
  }, [])

  // After Enter the candidates have the focus, so that 1–4, arrows and Escape are theirs.
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[data-candidate="0"]')?.focus({ preventScroll: true })
  }, [job.id])

  const show = (index: number) => {
    editor.change({ shownCandidate: index })
    list.current?.querySelector<HTMLElement>(`[data-candidate="${index}"]`)?.focus()
  }
  const actions: Record<string, () => void> = {
    ArrowRight: () => show(((shown ?? -1) + 1) % count),
    ArrowLeft: () => show(((shown ?? count) + count - 1) % count),
    ArrowDown: () => show(((shown ?? -COLUMN_COUNT) + COLUMN_COUNT) % count),
    ArrowUp: () => show(((shown ?? count) + count - COLUMN_COUNT) % count),
    Home: () => show(0),
    End: () => show(count - 1),
    Escape: dismissCandidates,
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const index = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : -1
    const action = index >= 0 && index < count ? () => accept(index) : actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }
  return (
    <div className={styles.open} onKeyDown={press}>
      <div ref={list} className={styles.list} role="group" aria-label={CANDIDATE_STRINGS.hint}>
        {Array.from({ length: count }, (_, index) => (
          <CandidateCard
            key={index}
            job={job}
            index={index}
            isShown={index === shown}
            onShow={() => editor.change({ shownCandidate: index })}
            onAccept={() => accept(index)}
          />
        ))}
      </div>
      <CandidateFacts job={job} index={shown ?? 0} />
    </div>
  )
}
