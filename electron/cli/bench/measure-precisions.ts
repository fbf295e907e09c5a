import { MASK_TOKEN, type MaskedTransformer } from '../../../models/runtime/masked-transformer.ts'
import { measurePsnr } from '../../../models/runtime/planar-image.ts'
import type { TokenGrid } from '../../../models/runtime/vq-tokenizer.ts'
import type { LoadedPack } from '../../../models/families/family.ts'
import { CandidateRun, type RunSetting } from '../../../models/sampling/candidate-run.ts'
import { decodeStep } from '../../../models/sampling/decode-step.ts'
import type { EditPlan } from '../../../models/sampling/edit-plan.ts'
import { createRandom } from '../../../models/sampling/random.ts'
import { stageCanvas } from '../../engine/edits/pack-geometry.ts'
import { encodePrompts, promptsOf } from '../../inference/encode-prompts.ts'

/** A pack's transformers with fewer bits; everything else is the pack's own. */
export interface ReducedTransformers {
  readonly name: string
  readonly transformers: readonly MaskedTransformer[]
}

/** How near one precision comes to the full one, with the same noise. */
export interface PrecisionReport {
  readonly name: string
  /** By decode step, of the tokens drawn from the same canvas by the same chance: the share that is equal. */
  readonly equalByStep: readonly number[]
  /** Of the logits: the root of the mean squared difference, by that of the logits themselves. */
  readonly logitError: number
  /** Of runs of their own with the same seed: the share of equal tokens in the end, and how alike the pictures are, in dB. */
  readonly equalInTheEnd: number
  readonly psnr: number
  /** Wall time of its predictions by that of the full precision's. */
  readonly relativeTime: number
}

export interface PrecisionTask {
  readonly plans: readonly EditPlan[]
  /** One picture each for every plan. */
  readonly seeds: readonly number[]
  readonly onProgress: (done: number, total: number) => void
}

/** What is added up over steps and pictures for one precision. */
class Comparison {
  readonly equal: number[] = []
  readonly drawn: number[] = []
  readonly endings: { equal: number; psnr: number }[] = []
  differencePower = 0
  logitPower = 0
  ms = 0

  noteStep(step: number, exact: Int32Array, other: Int32Array, masked: (i: number) => boolean): void {
    for (let i = 0; i < exact.length; i++) {
      if (!masked(i)) continue
      this.drawn[step] = (this.drawn[step] ?? 0) + 1
      this.equal[step] = (this.equal[step] ?? 0) + Number(exact[i] === other[i])
    }
  }

  noteLogits(exact: Float32Array, other: Float32Array): void {
    for (let i = 0; i < exact.length; i++) {
      this.differencePower += (exact[i]! - other[i]!) ** 2
      this.logitPower += exact[i]! ** 2
    }
  }

  report(name: string, fullMs: number): PrecisionReport {
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    return {
      name,
      equalByStep: this.drawn.map((count, step) => this.equal[step]! / count),
      logitError: Math.sqrt(this.differencePower / this.logitPower),
      equalInTheEnd: mean(this.endings.map(({ equal }) => equal)),
      psnr: mean(this.endings.map(({ psnr }) => psnr)),
      relativeTime: this.ms / fullMs,
    }
  }
}

/**
 * Draws pictures in full precision and, at every step, has the others predict the same canvas: what they would have drawn by
 * the same chance is compared. Then each draws pictures of its own from the same seeds.
 */
export async function measurePrecisions(loaded: LoadedPack, others: readonly ReducedTransformers[], task: PrecisionTask): Promise<PrecisionReport[]> {
  const comparisons = others.map(() => new Comparison())
  let fullMs = 0
  let done = 0
  const tokenizer = loaded.stages.at(-1)!.tokenizer
  for (const plan of task.plans) {
    const setting = await prepareSetting(loaded, plan)
    for (const seed of task.seeds) {
      task.onProgress(done++, task.plans.length * task.seeds.length)
      let step = 0
      const compared = setting.transformers.map((transformer, stage): MaskedTransformer => ({
        ...transformer,
        async predict(grid, terms, context) {
          const timed = async (by: MaskedTransformer) => {
            const started = performance.now()
            return { logits: await by.predict(grid, terms, context), ms: performance.now() - started }
          }
          const exact = await timed(transformer)
          fullMs += exact.ms
          const draw = (logits: Float32Array) =>
            decodeStep(grid.tokens, logits, { temperature: 1, choiceTemperature: 0, remaskCount: 0, topK: null }, createRandom(seed + step)).guess
          for (const [i, other] of others.entries()) {
            const rounded = await timed(other.transformers[stage]!)
            comparisons[i]!.ms += rounded.ms
            comparisons[i]!.noteLogits(exact.logits, rounded.logits)
            comparisons[i]!.noteStep(step, draw(exact.logits), draw(rounded.logits), (at) => grid.tokens[at] === MASK_TOKEN)
          }
          step++
          return exact.logits
        },
      }))
      const exact = await runToEnd({ ...setting, transformers: compared }, seed)
      const picture = await tokenizer.tokensToImage(exact)
      for (const [i, { transformers }] of others.entries()) {
        const own = await runToEnd({ ...setting, transformers }, seed)
        const equal = own.tokens.reduce((count, token, at) => count + Number(token === exact.tokens[at]), 0) / own.tokens.length
        comparisons[i]!.endings.push({ equal, psnr: measurePsnr(picture, await tokenizer.tokensToImage(own)) })
      }
    }
  }
  return others.map(({ name }, i) => comparisons[i]!.report(name, fullMs))
}

/** A plan that draws all of a picture, with nothing drawn yet. */
export async function prepareSetting({ pack, textEncoder, stages }: LoadedPack, plan: EditPlan): Promise<RunSetting> {
  const canvases = pack.stages.map((_, stage) => {
    const { rows, columns } = stageCanvas(plan, stage, pack)
    return { rows, columns, tokens: new Int32Array(rows * columns).fill(MASK_TOKEN) }
  })
  const conditionings = await encodePrompts(textEncoder, promptsOf(plan.passes))
  return { plan, transformers: stages.map(({ transformer }) => transformer), canvases, conditionings }
}

export async function runToEnd(setting: RunSetting, seed: number): Promise<TokenGrid> {
  const run = new CandidateRun(setting, seed)
  while (!run.isDone) await run.advance()
  return run.tokens
}
