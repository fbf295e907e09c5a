import { planarFromRgb } from '../../models/runtime/planar-image.ts'
import type { TokenGrid } from '../../models/runtime/vq-tokenizer.ts'
import { LikelihoodRun } from '../../models/sampling/likelihood-run.ts'
import { projectTokenMask } from '../../models/sampling/token-canvas.ts'
import type { InferenceEvent, InferenceRequest } from '../api/inference.ts'
import { encodePrompts } from './encode-prompts.ts'
import type { ReadyPack } from './pack-cache.ts'

export type MeasureRequest = Extract<InferenceRequest, { type: 'measure' }>

/** A measuring under way. */
export interface Measuring {
  readonly run: LikelihoodRun
  /** @param readGraphMs  milliseconds spent in ONNX Runtime so far. */
  takeStep(ready: ReadyPack, readGraphMs: () => number): Promise<InferenceEvent>
  /** Of each prompt, [rows × columns] of the plan's canvas. */
  readonly likelihoods: () => ReadonlyMap<string, Float32Array>
}

/**
 * Reads the picture's tokens and the prompts. In a cascade the first stage is measured, for it is the one that makes of
 * words what a picture shows; the finer ones' tokens mostly follow from it.
 */
export async function startMeasuring(request: MeasureRequest, ready: ReadyPack): Promise<Measuring> {
  const { plan, analysisId } = request
  const canvas = await readTokens(request, ready)
  const tokenMask = projectTokenMask(plan.tokenMask, plan, canvas)
  const { rows, columns } = ready.pack.stages[0]!.grids
  const run = new LikelihoodRun(canvas, { rows, columns }, { ...plan, tokenMask })
  const conditionings = await encodePrompts(ready.textEncoder, run.likelihoods.keys())
  return {
    run,
    async takeStep({ stages }, readGraphMs) {
      const started = performance.now()
      const graphMsBefore = readGraphMs()
      await run.advance(stages[0]!.transformer, conditionings)
      const stepMs = performance.now() - started
      const graphMs = readGraphMs() - graphMsBefore
      return { type: 'measure-step', analysisId, step: run.stepsTaken, stepCount: run.stepCount, stepMs, graphMs }
    },
    likelihoods: () => new Map([...run.likelihoods].map(([prompt, values]) => [prompt, spread(values, canvas, plan)])),
  }
}

/** The first stage's tokens. Tokens that were drawn are measured as they are: reading them from their picture might give others. */
async function readTokens({ plan, source }: MeasureRequest, { stages, pack }: ReadyPack): Promise<TokenGrid> {
  const isCascade = stages.length > 1
  if ('tokens' in source) {
    const drawn = { rows: plan.rows, columns: plan.columns, tokens: Int32Array.from(source.tokens) }
    if (!isCascade) return drawn
    return stages[0]!.tokenizer.imageToTokens(await stages.at(-1)!.tokenizer.tokensToImage(drawn))
  }
  const { width, height, data } = source.image
  const factor = pack.stages.at(-1)!.downsampleFactor
  if (width !== plan.columns * factor || height !== plan.rows * factor) {
    throw new RangeError(`${width} × ${height} pixels are not ${plan.rows} × ${plan.columns} tokens`)
  }
  return stages[0]!.tokenizer.imageToTokens(planarFromRgb(width, height, data))
}

/** A coarse token's likelihood for every token of the canvas that it covers and that was asked for; NaN for the others. */
function spread(values: Float32Array, from: TokenGrid, to: MeasureRequest['plan']): Float32Array {
  if (from.rows === to.rows && from.columns === to.columns) return values
  return Float32Array.from(to.tokenMask, (isAsked, i) => {
    if (isAsked === 0) return NaN
    const row = Math.floor((Math.floor(i / to.columns) * from.rows) / to.rows)
    const column = Math.floor(((i % to.columns) * from.columns) / to.columns)
    return values[row * from.columns + column]!
  })
}
