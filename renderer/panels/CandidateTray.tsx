import { useEffect, useLayoutEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'
import type { Job } from '../../electron/api/jobs.ts'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { useDocumentState, useEditorState, useOpenJob, useSession } from '../engine/document-session.tsx'
import { useActions } from './editor-actions.ts'
import { CandidateCard } from './CandidateCard.tsx'
import { CandidateFacts } from './CandidateFacts.tsx'
import { JobProblem } from './JobProblem.tsx'
import { useCandidateOrder } from './use-candidate-order.ts'
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
  const [isPointedAt, pointing] = usePointing()
  const order = useCandidateOrder(job, isPointedAt)
  const place = shown === null ? null : order.indexOf(shown)

  useTrayFocus(list, job.id)
  const keepFocus = useFocusOnShown(list, shown, order.join())
  const show = (next: number) => {
    const index = order[next]!
    editor.change({ shownCandidate: index })
    list.current?.querySelector<HTMLElement>(`[data-candidate="${index}"]`)?.focus()
  }
  const actions: Record<string, () => void> = {
    ArrowRight: () => show(((place ?? -1) + 1) % count),
    ArrowLeft: () => show(((place ?? count) + count - 1) % count),
    ArrowDown: () => show(((place ?? -COLUMN_COUNT) + COLUMN_COUNT) % count),
    ArrowUp: () => show(((place ?? count) + count - COLUMN_COUNT) % count),
    Home: () => show(0),
    End: () => show(count - 1),
    Escape: dismissCandidates,
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const index = /^[1-9]$/.test(event.key) ? order[Number(event.key) - 1] : undefined
    const action = index === undefined ? actions[event.key] : () => accept(index)
    if (action === undefined) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }
  return (
    <div className={styles.open} onKeyDown={press}>
      <div
        ref={list}
        className={styles.list}
        role="group" aria-label={CANDIDATE_STRINGS.hint}
        {...keepFocus}
        {...pointing}
      >
        {order.map((index, at) => (
          <CandidateCard
            key={index}
            job={job}
            index={index}
            place={at}
            isShown={index === shown}
            onShow={() => editor.change({ shownCandidate: index })}
            onAccept={() => accept(index)}
          />
        ))}
      </div>
      <CandidateFacts job={job} index={shown ?? order[0] ?? 0} place={place ?? 0} />
    </div>
  )
}

/** Whether the pointer is among the candidates. Where it has left, what is painted over with others is looked at again. */
function usePointing() {
  const { editor } = useSession()
  const [isPointedAt, setIsPointedAt] = useState(false)
  const patchBase = useDocumentState((state) => state.document.openCandidates?.patch?.base)
  const handlers = {
    onPointerEnter: () => setIsPointedAt(true),
    onPointerLeave: () => {
      setIsPointedAt(false)
      if (patchBase !== undefined) editor.change({ shownCandidate: patchBase })
    },
  }
  return [isPointedAt, handlers] as const
}

/** Where the focus is when a run's candidates come and go. */
function useTrayFocus(list: RefObject<HTMLDivElement | null>, jobId: string): void {
  // What had the focus is about to go: the canvas is where one goes on.
  useLayoutEffect(() => {
    const element = list.current?.parentElement
    return () => {
      if (element?.contains(document.activeElement)) document.querySelector<HTMLElement>('[role="application"]')?.focus()
    }
  }, [list])

  // After Enter the candidates have the focus, so that 1–4, arrows and Escape are theirs.
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[data-candidate="0"]')?.focus({ preventScroll: true })
  }, [list, jobId])
}

/**
 * Where the focus is among the cards, it is with the one that is shown: another one is when it is pointed at, or when the
 * best is put first; and a card that is moved loses the focus.
 */
function useFocusOnShown(list: RefObject<HTMLDivElement | null>, shown: number | null, order: string) {
  const hadFocus = useRef(false)
  useLayoutEffect(() => {
    if (hadFocus.current) list.current?.querySelector<HTMLElement>('[aria-current="true"]')?.focus({ preventScroll: true })
  }, [list, shown, order])
  return {
    onFocus: () => void (hadFocus.current = true),
    // Nobody has it where an element is moved; else somebody else has.
    onBlur: (event: FocusEvent) => void (hadFocus.current = event.relatedTarget === null && hadFocus.current),
  }
}
