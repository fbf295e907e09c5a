import type { EditKind, EditRequestInput } from '../../api/edits.ts'
import type { PixelRect, PixelSize } from '../../api/geometry.ts'
import type { Candidate } from '../../api/jobs.ts'
import type { PackSummary } from '../../api/packs.ts'
import { read, type EngineSession } from '../engine-session.ts'
import { listEditRequests, type CommonFields } from './edit-requests.ts'
import { putRectangleMask } from './mask-image.ts'
import type { InferenceObserver, StepTime } from './observe-inference.ts'
import { runCandidate } from './run-candidate.ts'
import { prepareTokenEdits, type TokenEditKind } from './token-edits.ts'

const PROMPT = 'a lake in the mountains at sunset'
/** Any will do; it is the same in every run so that the runs do the same work. */
const SEED = 1

/** Of the picture, where an edit needs a mask. */
const EDITED_SHARE = 1 / 4

/** Something that is timed once in every run. @property run  does it and returns the seconds it took. */
type Measured<Key> = Key & { readonly run: () => Promise<number>; readonly runs: RelativeTiming[] }

/** What pictures take with one pack. */
export interface ModelReport {
  readonly packId: string
  readonly width: number
  readonly height: number
  readonly runCount: number
  /** Of one picture, all from the middle run of `runCount`. */
  readonly picture: Timing
  /**
   * What was said of a picture beforehand, and what it then took: of the run where the two are in the middle, and the share of runs in
   * which it was right within 20 %. null = too few runs.
   */
  readonly forecast: (Forecast & { readonly shareWithinFifth: number }) | null
  /** Time relative to `picture`, each from the same run. */
  readonly repaint: readonly (RelativeTiming & { readonly share: number })[]
  /** The same of one of each edit the pack can do, with the steps it takes by itself. */
  readonly edits: readonly (RelativeTiming & { readonly kind: EditKind | TokenEditKind })[]
}

export interface ModelTask {
  /** null = the one in use. */
  readonly packId: string | null
  /** null = the pack's own number. */
  readonly steps: number | null
  readonly repaintedShares: readonly number[]
  /** Whether one of each edit is measured too. */
  readonly areEditsMeasured: boolean
  readonly runCount: number
}

export interface Forecast {
  readonly predictedSeconds: number
  readonly measuredSeconds: number
}

export interface Timing {
  readonly seconds: number
  /** Decode steps, and forward passes that measured likelihoods. */
  readonly steps: number
  readonly secondsPerStep: number
  /** Of the steps' time, what was not spent inside ONNX Runtime. */
  readonly shareOutsideRuntime: number
}

export interface RelativeTiming extends Timing {
  readonly relativeSeconds: number
}

/** Makes pictures and edits them in turns, so that the ratios hold on a machine that does other things beside. */
export async function measureModel(
  session: EngineSession,
  observer: InferenceObserver,
  task: ModelTask,
): Promise<ModelReport> {
  const { packId, steps, runCount } = task
  const common = { prompt: PROMPT, seed: SEED, count: 1, packId, steps }
  const generate: EditRequestInput = { kind: 'generate', ...common }
  const timeRun = async (run: () => Promise<number>): Promise<Timing> => {
    observer.takeSteps()
    return toTiming(await run(), observer.takeSteps())
  }
  // Loads the model; not counted.
  const picture = await runCandidate(session, generate)
  const { width, height } = picture.bounds
  const pack = await findPack(session, picture.recipe.packId)
  const { repaints, edits } = await prepareEdits(session, picture, pack, common, task)

  const pictures: Timing[] = []
  const forecasts: Forecast[] = []
  for (let round = 0; round < runCount; round++) {
    const { seconds: predictedSeconds } = await read(session.client.jobs.estimate.$post({ json: { request: generate } }))
    const started = performance.now()
    const timing = await timeRun(async () => (await runCandidate(session, generate)).seconds)
    if (predictedSeconds !== null) forecasts.push({ predictedSeconds, measuredSeconds: (performance.now() - started) / 1000 })
    pictures.push(timing)
    for (const { run, runs } of [...repaints, ...edits]) {
      const measured = await timeRun(run)
      runs.push({ ...measured, relativeSeconds: measured.seconds / timing.seconds })
    }
  }
  return {
    packId: pack.id,
    width,
    height,
    runCount,
    picture: findMiddle(pictures, ({ seconds }) => seconds),
    forecast: summarizeForecasts(forecasts),
    repaint: repaints.map(({ share, runs }) => ({ share, ...findMiddle(runs, ({ relativeSeconds }) => relativeSeconds) })),
    edits: edits.map(({ kind, runs }) => ({ kind, ...findMiddle(runs, ({ relativeSeconds }) => relativeSeconds) })),
  }
}

async function prepareEdits(
  session: EngineSession,
  { imageId: image, bounds }: Candidate,
  pack: PackSummary,
  common: CommonFields & { readonly prompt: string },
  { repaintedShares, areEditsMeasured }: ModelTask,
): Promise<{ repaints: Measured<{ share: number }>[]; edits: Measured<{ kind: EditKind | TokenEditKind }>[] }> {
  const maskShare = (share: number) => putRectangleMask(session, bounds, centredArea(bounds, pack, share))
  const timed = (request: EditRequestInput) => ({ run: async () => (await runCandidate(session, request)).seconds, runs: [] })
  const repaints: Measured<{ share: number }>[] = []
  for (const share of repaintedShares) {
    repaints.push({ share, ...timed({ kind: 'inpaint', image, mask: await maskShare(share), ...common }) })
  }
  if (!areEditsMeasured) return { repaints, edits: [] }
  const listed = listEditRequests({ image, bounds, mask: await maskShare(EDITED_SHARE) }, pack.edits, common)
  const tokenEdits = await prepareTokenEdits(session, { image, bounds }, pack.edits, common)
  return {
    repaints,
    edits: [
      ...listed.map(({ kind, request }) => ({ kind, ...timed(request) })),
      ...tokenEdits.map(({ kind, run }) => ({ kind, run, runs: [] })),
    ],
  }
}

function summarizeForecasts(forecasts: readonly Forecast[]): ModelReport['forecast'] {
  if (forecasts.length === 0) return null
  const ratioOf = ({ predictedSeconds, measuredSeconds }: Forecast) => predictedSeconds / measuredSeconds
  const right = forecasts.filter((forecast) => Math.abs(ratioOf(forecast) - 1) <= 0.2)
  return { ...findMiddle(forecasts, ratioOf), shareWithinFifth: right.length / forecasts.length }
}

function toTiming(seconds: number, steps: readonly StepTime[]): Timing {
  const sum = (pick: keyof StepTime) => steps.reduce((total, step) => total + step[pick], 0)
  const stepMs = sum('stepMs')
  return {
    seconds,
    steps: steps.length,
    secondsPerStep: stepMs / 1000 / Math.max(1, steps.length),
    shareOutsideRuntime: stepMs === 0 ? 0 : 1 - sum('graphMs') / stepMs,
  }
}

async function findPack({ client }: EngineSession, id: string): Promise<PackSummary> {
  const packs: PackSummary[] = await read(client.packs.$get())
  const pack = packs.find((each) => each.id === id)
  if (pack === undefined) throw new Error('The pack of a finished job is gone')
  return pack
}

/** A square of whole cells around the middle of the picture, that covers `share` of the model's grid. */
export function centredArea(
  picture: PixelSize,
  { downsampleFactor, gridRows, gridColumns }: Pick<PackSummary, 'downsampleFactor' | 'gridRows' | 'gridColumns'>,
  share: number,
): PixelRect {
  const side = Math.max(1, Math.round(Math.sqrt(share * gridRows * gridColumns))) * downsampleFactor
  const start = (length: number) => Math.floor((length - side) / 2 / downsampleFactor) * downsampleFactor
  return { x: start(picture.width), y: start(picture.height), width: side, height: side }
}

/** The median; of an even number the lower one, so that all its numbers belong to one run. */
function findMiddle<Run>(runs: readonly Run[], measureOf: (run: Run) => number): Run {
  const sorted = runs.toSorted((a, b) => measureOf(a) - measureOf(b))
  return sorted[Math.floor((sorted.length - 1) / 2)] as Run
}
