import { WORDS_SUBSET_COUNT, type AnalysisRequestInput, type AnalysisSource } from '../../electron/api/analyses.ts'
import { areWordsEqual, measureFall, type Cells } from '../../electron/api/cell-choice.ts'
import { EngineError } from '../../electron/api/errors.ts'
import { canBeDetailed } from '../../electron/api/images.ts'
import { leaveOutWord, type PromptWord } from '../../electron/api/prompt-words.ts'
import { ANALYSIS_STRINGS as STRINGS } from '../../electron/api/strings/analyses.ts'
import { pictureOf } from '../document/document.ts'
import type { FoundMask } from '../panels/editor-actions.ts'
import type { LookId } from '../engine/looks-store.ts'
import { selectCells, selectSpots } from '../engine/looks-store.ts'
import { chooseEdit } from './edit-choice.ts'
import { currentSession, type EditorSession, type Program } from './program.ts'
import { acceptCandidate, openJob, startRun } from './runs.ts'

/** What is being measured, one at a time for the panel and one for a word that is pointed at. */
const measuring = new WeakMap<EditorSession['looks'], Partial<Record<'look' | 'word', AbortController>>>()

function begin({ looks }: EditorSession, kind: 'look' | 'word'): AbortSignal {
  const running = measuring.get(looks) ?? {}
  running[kind]?.abort()
  const controller = new AbortController()
  measuring.set(looks, { ...running, [kind]: controller })
  return controller.signal
}

/** What was measured of one picture says nothing of the next. Returns what ends it, with what is being measured. */
export function watchLooks(session: Pick<EditorSession, 'store' | 'looks'>): () => void {
  const end = session.store.subscribe(({ document }, before) => {
    if (pictureOf(document) === pictureOf(before.document)) return
    measuring.get(session.looks)?.look?.abort()
    session.looks.change({ found: null, word: null, progress: null, problem: null })
  })
  return () => {
    end()
    const { look, word } = measuring.get(session.looks) ?? {}
    look?.abort()
    word?.abort()
  }
}

/** Opens a panel and measures what it shows; the open one is closed. */
export function toggleLook(program: Program, session: EditorSession, id: LookId): void {
  if (session.looks.getState().openLook === id) {
    closeLook(session)
    return
  }
  session.looks.change({ openLook: id, found: null, problem: null })
  // Words are asked for first.
  if (id !== 'words' && id !== 'subject') void measureLook(program, session)
}

export function closeLook(session: EditorSession): void {
  measuring.get(session.looks)?.look?.abort()
  session.looks.change({ openLook: null, found: null, progress: null, problem: null })
}

/** Measures what the open panel shows. */
export async function measureLook(program: Program, session: EditorSession): Promise<void> {
  const { looks } = session
  const { openLook, from, subject } = looks.getState()
  if (openLook === null) return
  const prompt = session.editor.getState().prompt.trim()
  if (openLook === 'words' && areWordsEqual(from, prompt)) {
    looks.change({ found: null, problem: STRINGS.wordsEqual })
    return
  }
  if (openLook === 'subject' && subject.trim() === '') {
    looks.change({ found: null, problem: STRINGS.subjectMissing })
    return
  }
  const source = findSource(program, session, openLook)
  if (source === null) return
  const requests = {
    words: { source, prompts: [from.trim(), prompt], subsetCount: WORDS_SUBSET_COUNT },
    // What loses its likelihood when its words are taken away is what they stand for.
    subject: { source, prompts: [subject.trim(), ''], subsetCount: WORDS_SUBSET_COUNT },
    likelihood: { source, prompts: [prompt] },
    surprises: { source, prompts: [''] },
  } satisfies Record<LookId, AnalysisRequestInput>
  const signal = begin(session, 'look')
  looks.change({ found: null, problem: null, progress: { step: 0, stepCount: 0, secondsLeft: null } })
  try {
    const onProgress = ({ step, stepCount, secondsLeft }: { step: number; stepCount: number; secondsLeft: number | null }) =>
      !signal.aborted && looks.change({ progress: { step, stepCount, secondsLeft } })
    const result = await program.engine.analyses.measure(requests[openLook], signal, onProgress)
    if (result === undefined || signal.aborted) return
    const found = { id: openLook, result }
    const nothing = NOTHING_FOUND[openLook]
    const isNothing = nothing !== undefined && selectCells({ ...looks.getState(), found }).length === 0
    looks.change({ found, progress: null, problem: isNothing ? nothing : null })
    program.store.announce(describeFound(session))
  } catch (thrown) {
    if (!signal.aborted) looks.change({ progress: null, problem: EngineError.from(thrown).message })
  }
}

/** What is said where no cell was found. */
const NOTHING_FOUND: Partial<Record<LookId, string>> = { words: STRINGS.nothingFalls, subject: STRINGS.subjectNotFound }

/** The candidate that is looked at, for judging what was drawn; else the picture. */
function findSource(program: Program, session: EditorSession, id: LookId): AnalysisSource | null {
  const shown = session.editor.getState().shownCandidate
  const job = openJob(program, session)
  const candidate = shown === null ? undefined : job?.candidates.find(({ index }) => index === shown)
  if (id === 'likelihood' && job && candidate) return { kind: 'candidate', jobId: job.id, index: candidate.index }
  const image = pictureOf(session.store.getState().document)
  return image === null ? null : { kind: 'picture', image, detail: 'whole' }
}

function describeFound({ looks }: EditorSession): string {
  const { found, problem } = looks.getState()
  if (problem !== null) return problem
  return found?.id === 'surprises' ? STRINGS.spotCount(selectSpots(found).length) : STRINGS.measured
}

/** Makes what was found the mask, and closes the panel: the prompt box says what Enter does with it. */
export function maskFound(program: Program, session: EditorSession, found: FoundMask, cells: Cells): void {
  const look = session.looks.getState().found
  if (look === null || cells.length === 0) return
  session.store.dispatch({ type: 'mask-cells', found, crop: look.result.crop, cells: [...cells] })
  closeLook(session)
  // The mask says what stays now: Enter goes on with what it was asked for.
  if (found === 'subject') chooseEdit(program, session, 'replace-background')
}

/**
 * Repaints the least likely cells of what is looked at: a candidate becomes the picture first. A repaint like any other,
 * with its receipt, candidates and undo.
 */
export async function fixWeak(program: Program, session: EditorSession): Promise<void> {
  const { looks } = session
  if (looks.getState().found?.id !== 'likelihood') {
    looks.change({ openLook: 'likelihood' })
    await measureLook(program, session)
  }
  const { found } = looks.getState()
  if (found?.id !== 'likelihood') return
  const shown = session.editor.getState().shownCandidate
  if (openJob(program, session) && shown !== null) await acceptCandidate(program, session, shown)
  // Left meanwhile: nothing is started out of sight.
  if (currentSession(program) !== session) return
  // Accepting another picture forgets what was measured.
  looks.change({ found })
  maskFound(program, session, 'weak', selectCells(looks.getState()))
  // The weak cells lie scattered: one crop over all of them would make what is drawn coarser than the picture.
  const { bounds } = session.store.getState().document
  const isDetailed = bounds !== null && canBeDetailed(bounds)
  // Whatever edit the user switched to, and wherever the frame is.
  await startRun(program, session, { id: 'repaint', options: isDetailed ? { isDetailed } : {} })
}

/** Shows where a word of a candidate's prompt mattered, until `leaveWord`. */
export async function pointAtWord(program: Program, jobId: string, index: number, word: PromptWord): Promise<void> {
  const session = currentSession(program)
  const prompt = program.engine.jobs.getState().jobs[jobId]?.request.prompt
  if (session === undefined || prompt === undefined) return
  const { looks } = session
  const signal = begin(session, 'word')
  looks.change({ word: { text: word.text, result: null } })
  const request = {
    source: { kind: 'candidate', jobId, index } as const,
    prompts: [prompt, leaveOutWord(prompt, word)],
    subsetCount: WORDS_SUBSET_COUNT,
  }
  try {
    const result = await program.engine.analyses.measure(request, signal)
    if (result === undefined || signal.aborted) return
    const [all = [], without = []] = result.likelihoods
    looks.change({ word: { text: word.text, result: { ...result, likelihoods: [[...measureFall(all, without)]] } } })
  } catch (thrown) {
    if (!signal.aborted) looks.change({ word: null, problem: EngineError.from(thrown).message })
  }
}

export function leaveWord(program: Program): void {
  const session = currentSession(program)
  if (session === undefined) return
  measuring.get(session.looks)?.word?.abort()
  session.looks.change({ word: null })
}
