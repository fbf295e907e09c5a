import type { Candidate, Job } from '../../electron/api/jobs.ts'
import { areRectsEqual } from '../../electron/api/geometry.ts'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import type { EditId } from '../../electron/api/strings/edits.ts'
import { START_SCREEN_STRINGS } from '../../electron/api/strings/start-screen.ts'
import { pictureOf } from '../document/document.ts'
import type { EditOptions } from '../document/edits/edit.ts'
import { EDITS } from '../document/edits/edits.ts'
import type { EditCanvas } from '../document/which-edit.ts'
import type { EditorState } from '../engine/editor-store.ts'
import { editWordsWith } from '../panels/edit-words.ts'
import { focusPrompt } from './focus-prompt.ts'
import { nameFromPrompt, renameDocument, startDocument } from './documents.ts'
import { readChoice } from './edit-choice.ts'
import { prepareRequest } from './prepare-request.ts'
import { currentSession, type EditorSession, type Program } from './program.ts'
import { attempt, reportError } from './report-error.ts'

export const isRunning = (job: Job | undefined): boolean => job !== undefined && job.phase !== 'ended'

export function openJob(program: Program, session: EditorSession): Job | undefined {
  const jobId = session.store.getState().document.openCandidates?.jobId
  return jobId === undefined ? undefined : program.engine.jobs.getState().jobs[jobId]
}

/** Whether a candidate that is done lies over the canvas. */
export function hasShownCandidate(session: EditorSession, program: Program): boolean {
  const shown = session.editor.getState().shownCandidate
  return openJob(program, session)?.candidates.some(({ index }) => index === shown) ?? false
}

/** What is started whatever the box says. @property options  instead of what was chosen under *More*. */
interface SetRun {
  readonly id: EditId
  readonly options: EditOptions
}

/** Does what the words beside the prompt box say, unless something is set. */
export async function startRun(program: Program, session: EditorSession, set?: SetRun): Promise<void> {
  if (session.editor.getState().isStarting) return
  if (isRunning(openJob(program, session))) return
  const { canvas, which } = readChoice(program, session)
  const id = set?.id ?? which.id
  if (EDITS[id].words === 'needed' && session.editor.getState().prompt.trim() === '') {
    askForWords(program, session, id)
    return
  }
  session.editor.change({ isStarting: true })
  try {
    await (STARTERS[id] ?? askForCandidates)(program, session, id, canvas, set?.options)
  } catch (thrown) {
    reportError(program, thrown, { retry: () => void startRun(program, session, set) })
  } finally {
    session.editor.change({ isStarting: false })
  }
}

type Starter = (program: Program, session: EditorSession, id: EditId, canvas: EditCanvas, instead?: EditOptions) => Promise<void>

/** What asks no model, or not for this document. */
const STARTERS: Partial<Record<EditId, Starter>> = {
  'crop': cropPicture,
  'create-in-new-document': (program, session) => createFromPrompt(program, session.editor.getState()),
  // What stays is asked for first.
  'replace-background': async (program, session, id, canvas) =>
    canvas.maskBounds === null ? session.looks.change({ openLook: 'subject', found: null, problem: null }) : askForCandidates(program, session, id, canvas),
}

/** A new document in which the prompt runs at once. */
export async function createFromPrompt(
  program: Program,
  { prompt, ...options }: Pick<EditorState, 'prompt'> & Partial<Pick<EditorState, 'options' | 'editOptions'>>,
): Promise<void> {
  const session = await startDocument(program, nameFromPrompt(prompt))
  if (session === undefined) return
  session.editor.change({ prompt, ...pickOptions(options) })
  await startRun(program, session)
}

const pickOptions = ({ options, editOptions }: Partial<Pick<EditorState, 'options' | 'editOptions'>>) => ({
  ...(options && { options }),
  ...(editOptions && { editOptions }),
})

/** Words are missing: the prompt is where to go on, and what stands in the box says why. */
function askForWords(program: Program, session: EditorSession, id: EditId): void {
  const { pack } = readChoice(program, session)
  const { wordsMissing } = editWordsWith(pack, id, session.editor.getState().editOptions)
  if (wordsMissing) program.store.announce(wordsMissing)
  focusPrompt()
}

async function askForCandidates(
  program: Program, session: EditorSession, id: EditId, canvas: EditCanvas, instead?: EditOptions,
): Promise<void> {
  const { client, jobs } = program.engine
  const { prompt } = session.editor.getState()
  const job = await client.startJob(session.id, await prepareRequest(program, session, id, canvas, instead))
  jobs.putJobs([job])
  session.store.dispatch({ type: 'start-run', jobId: job.id })
  session.editor.change({ shownCandidate: 0, isStopping: false, scrub: null, likeness: null })
  session.editor.setOptions({ seed: job.request.seed })
  program.store.announce(CANDIDATE_STRINGS.started)
  if (id === 'create') attempt(program, () => nameAfterPrompt(program, session, prompt))
}

async function cropPicture(program: Program, session: EditorSession, _id: EditId, { frame }: EditCanvas): Promise<void> {
  const image = pictureOf(session.store.getState().document)
  if (image === null || frame === null) return
  const { rect } = frame
  const { imageId } = await program.engine.client.cropImage(image, rect)
  session.store.dispatch({ type: 'crop', rect, imageId })
}

/** A document nobody named is called after its first prompt. */
async function nameAfterPrompt(program: Program, session: EditorSession, prompt: string): Promise<void> {
  const summary = program.engine.library.getState().documents?.find(({ id }) => id === session.id)
  if (summary && summary.name !== START_SCREEN_STRINGS.untitled) return
  await renameDocument(program, session.id, nameFromPrompt(prompt))
}

/** @param isKept  what has formed becomes candidates; else it is thrown away. */
export async function stopRun(program: Program, isKept: boolean): Promise<void> {
  const session = currentSession(program)
  const job = session && openJob(program, session)
  if (session === undefined || job === undefined || !isRunning(job)) return
  session.editor.change({ isStopping: true })
  try {
    program.engine.jobs.putJobs([await program.engine.client.cancelJob(job.id, isKept)])
  } finally {
    session.editor.change({ isStopping: false })
  }
}

export async function retryRun(program: Program, jobId: string): Promise<void> {
  program.engine.jobs.putJobs([await program.engine.client.retryJob(jobId)])
  currentSession(program)?.editor.change({ shownCandidate: 0 })
}

/** Makes an open candidate the picture. What still forms is kept as it is: it can be reached by the history. */
export async function acceptCandidate(program: Program, session: EditorSession, index: number): Promise<void> {
  const job = openJob(program, session)
  const candidate = job?.candidates.find((one) => one.index === index)
  if (job === undefined || candidate === undefined) return
  const wasRunning = isRunning(job)
  await placeCandidate(program, session, job, candidate)
  if (wasRunning) attempt(program, async () => void (await program.engine.client.cancelJob(job.id, true)))
  const { order } = session.editor.getState()
  const place = order?.jobId === job.id ? order.indexes.indexOf(index) : index
  program.store.announce(CANDIDATE_STRINGS.accepted(place))
}

async function placeCandidate(program: Program, session: EditorSession, job: Job, candidate: Candidate): Promise<void> {
  const { request } = job
  const { document } = session.store.getState()
  const image = pictureOf(document)
  const isOnSamePicture = request.kind === 'generate' || image === null || request.image === image
  const placed = isOnSamePicture
    ? candidate
    : await program.engine.client.placeCandidate(job.id, candidate.index, image)
  session.store.dispatch({
    type: 'accept-candidate',
    jobId: job.id,
    index: candidate.index,
    imageId: placed.imageId,
    bounds: placed.bounds,
    recipe: candidate.recipe,
    receipt: placed.receipt,
  })
  session.editor.change({ shownCandidate: null })
  const isResized = document.bounds === null || !areRectsEqual(document.bounds, placed.bounds)
  // An enlarged picture is seen as it was.
  const isEnlarged = session.store.getState().document.enlargement !== document.enlargement
  if (isResized && !isEnlarged) session.viewport.fit()
}

/** Accepts another candidate of an earlier run: the history goes back to before, and a new branch begins. */
export function acceptSibling(program: Program, entryId: string, index: number): void {
  const session = currentSession(program)
  const entry = session?.store.listHistory().find((item) => item.id === entryId)
  if (session === undefined || entry === undefined) return
  const { accepted } = session.store.stateAt(entryId)
  const job = accepted ? program.engine.jobs.getState().jobs[accepted.jobId] : undefined
  const candidate = job?.candidates.find((one) => one.index === index)
  if (job === undefined || candidate === undefined) return
  session.store.jumpTo(entry.parent)
  attempt(program, () => placeCandidate(program, session, job, candidate))
}

/** Keeps the canvas as it is. A run that is under way is stopped. */
export async function dismissCandidates(program: Program): Promise<void> {
  const session = currentSession(program)
  if (session === undefined) return
  await stopRun(program, false)
  session.store.dispatch({ type: 'dismiss-candidates' })
  session.editor.change({ shownCandidate: null })
  program.store.announce(CANDIDATE_STRINGS.dismissed)
}
