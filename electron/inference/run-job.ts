import { writeTokens } from '../../models/runtime/kept-tokens.ts'
import { MASK_TOKEN } from '../../models/runtime/masked-transformer.ts'
import { planarFromRgb, rgbFromPlanar } from '../../models/runtime/planar-image.ts'
import type { TokenGrid } from '../../models/runtime/vq-tokenizer.ts'
import type { CandidateRun, RunSetting } from '../../models/sampling/candidate-run.ts'
import type { EditPlan } from '../../models/sampling/edit-plan.ts'
import { forgetsFirst } from '../../models/sampling/plan-turns.ts'
import { runPasses, type RunCommand } from '../../models/sampling/run-passes.ts'
import { maskTokens, projectTokenMask } from '../../models/sampling/token-canvas.ts'
import type { InferenceEvent, InferenceRequest, NewPin, RgbRaster } from '../api/inference.ts'
import type { ReadyPack } from './pack-cache.ts'
import { decodeResult } from './decode-result.ts'
import { encodePrompts, promptsOf } from './encode-prompts.ts'
import { PreviewPainter } from './preview-painter.ts'

export type RunRequest = Extract<InferenceRequest, { type: 'run' }>

export interface JobTools {
  readonly emit: (event: InferenceEvent) => void
  /** Asked before every step. */
  readonly readCommand: () => RunCommand
  /** What was pinned of a candidate since it was last asked. */
  readonly takePins: (candidate: number) => readonly NewPin[]
  /** Milliseconds spent in ONNX Runtime so far. */
  readonly graphMs: () => number
}

/**
 * Runs one job from picture to candidates, and tells of every step. Between steps the event loop gets its turn, so that a
 * cancel that has arrived meanwhile is seen: ONNX Runtime blocks the process while it computes.
 */
export async function runJob(request: RunRequest, ready: ReadyPack, tools: JobTools): Promise<void> {
  const { jobId, plan, image, seeds } = request
  const setting: RunSetting = {
    plan,
    transformers: ready.stages.map(({ transformer }) => transformer),
    canvases: await prepareCanvases(ready, plan, image),
    conditionings: await encodePrompts(ready.textEncoder, promptsOf(plan.passes)),
  }
  const painters = setting.canvases.map(({ tokens }, stage) => new PreviewPainter(ready, stage, tokens.length))
  const spentMs = seeds.map(() => 0)
  const steps = runPasses({ setting, seeds, readCommand: tools.readCommand, takePins: tools.takePins })
  for (;;) {
    await yieldToEventLoop()
    const started = performance.now()
    const graphMsBefore = tools.graphMs()
    const { value, done } = await steps.next()
    if (done) break
    const { candidate, run } = value
    const painter = painters[run.stage]!
    const painted = run.isDone ? undefined : painter.paint(candidate, run.guess)
    const stepMs = performance.now() - started
    spentMs[candidate]! += stepMs
    const graphMs = tools.graphMs() - graphMsBefore
    const trail = writeTokens(run.trailStep.guess, run.trailStep.kept)
    tools.emit({ type: 'step', jobId, candidate, step: run.stepsTaken, stepCount: run.stepCount, stepMs, graphMs, stage: run.stage, trail })
    if (painted === undefined) {
      tools.emit(await describeResult(request, candidate, run, ready, setting, spentMs[candidate]!))
    } else {
      const decoded = await painter.refine(candidate, seeds.length, run.guess)
      const preview = { raster: decoded ?? painted, isDecoded: decoded !== undefined }
      tools.emit({ type: 'preview', jobId, candidate, step: run.stepsTaken, ...preview })
    }
  }
  tools.emit({ type: 'ended', jobId, wasCancelled: tools.readCommand() !== 'go-on' })
}

/** What the crop shows, as each stage's tokens, MASK_TOKEN where the plan forgets it before its first pass. */
async function prepareCanvases({ stages, pack }: ReadyPack, plan: EditPlan, image: RgbRaster | null): Promise<TokenGrid[]> {
  const finest = pack.stages.at(-1)!.downsampleFactor
  const planar = image && planarFromRgb(image.width, image.height, image.data)
  const canvases: TokenGrid[] = []
  for (const [i, { tokenizer }] of stages.entries()) {
    const { downsampleFactor } = pack.stages[i]!
    const rows = (plan.rows * finest) / downsampleFactor
    const columns = (plan.columns * finest) / downsampleFactor
    if (planar === null) {
      canvases.push({ rows, columns, tokens: new Int32Array(rows * columns).fill(MASK_TOKEN) })
      continue
    }
    const grid = await tokenizer.imageToTokens(planar)
    if (grid.rows !== rows || grid.columns !== columns) {
      throw new RangeError(`${planar.width} × ${planar.height} pixels are not ${rows} × ${columns} tokens`)
    }
    canvases.push(forgetsFirst(plan, i) ? maskTokens(grid, projectTokenMask(plan.tokenMask, plan, grid)) : grid)
  }
  return canvases
}

async function describeResult(
  { jobId, image: edited }: RunRequest,
  candidate: number,
  run: CandidateRun,
  { stages, ranker }: ReadyPack,
  { plan, conditionings }: RunSetting,
  spentMs: number,
): Promise<InferenceEvent> {
  const started = performance.now()
  const image = await decodeResult(stages.at(-1)!.tokenizer, run.tokens, plan, edited)
  const { prompt } = plan.passes[0]!
  const similarity = ranker === undefined || prompt.trim() === '' ? null : await ranker.score(image, conditionings.get(prompt)!)
  return {
    type: 'result',
    jobId,
    candidate,
    raster: { width: image.width, height: image.height, data: rgbFromPlanar(image) },
    tokens: Uint16Array.from(run.tokens.tokens),
    pins: run.pins,
    likelihood: run.meanLikelihood,
    stepCount: run.stepsTaken,
    seconds: (spentMs + performance.now() - started) / 1000,
    isPartial: run.isPartial,
    similarity,
  }
}

/** Messages are delivered in the loop's poll phase, which comes before the next immediate. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
