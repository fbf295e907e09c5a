import { MASK_TOKEN, type MaskedTransformer, type StageContext } from '../runtime/masked-transformer.ts'
import type { Conditioning } from '../runtime/text-encoder.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { maskedPositions } from './decode-step.ts'
import { guidedTerms } from './guidance.ts'

/** The guidance of one step. Equal prompts are one object. */
export interface StepGuidance {
  readonly prompt: Conditioning
  readonly negative: Conditioning
  readonly scale: number
  /** Of so many guided steps one computes both sides, the others take its difference. 1 = each computes both. */
  readonly reuse: number
}

/** What the prompt changed in the logits, when that was last computed. */
interface KnownDifference {
  /** Of which pass: another window's positions mean something else. */
  readonly pass: object
  /** By position of the grid, the row in `rows`; -1 where it was not masked. */
  readonly rowOf: Int32Array
  /** [masked × codebookSize]: prompt − negative. */
  readonly rows: Float32Array
  /** Steps that have taken it since. */
  age: number
}

/**
 * Predicts guided logits for one candidate, and saves forward passes where it is told to: what the prompt changes in the
 * logits changes little from step to step, so a step may take the difference of the one before instead of computing it.
 * Positions keep their difference while they are masked; where one is masked that was not, both sides are computed.
 */
export class GuidedPredictor {
  #known: KnownDifference | undefined

  /**
   * @param pass  whose steps these are; its differences are taken by no other.
   * @returns [maskedCount × codebookSize], as `MaskedTransformer.predict`.
   */
  async predict(
    transformer: MaskedTransformer, grid: TokenGrid, guidance: StepGuidance, context: StageContext, pass: object,
  ): Promise<Float32Array> {
    const { prompt, negative, scale, reuse } = guidance
    if (reuse <= 1 || scale === 1 || prompt === negative) return transformer.predict(grid, guidedTerms(prompt, negative, scale), context)
    const logits = await transformer.predict(grid, [{ conditioning: prompt, weight: 1 }], context)
    const masked = maskedPositions(grid.tokens)
    const known = this.#known
    if (known?.pass === pass && known.age < reuse - 1 && masked.every((position) => known.rowOf[position] !== -1)) {
      known.age++
      addDifference(logits, masked, known, scale - 1)
      return logits
    }
    const unguided = await transformer.predict(grid, [{ conditioning: negative, weight: 1 }], context)
    const fresh = { pass, rowOf: rowsOf(grid), rows: logits.map((value, i) => value - unguided[i]!), age: 0 }
    this.#known = fresh
    addDifference(logits, masked, fresh, scale - 1)
    return logits
  }

  /** To be called when the last step is taken: a difference is as large as all logits. */
  forget(): void {
    this.#known = undefined
  }
}

function rowsOf({ tokens }: TokenGrid): Int32Array {
  let row = 0
  return tokens.map((token) => (token === MASK_TOKEN ? row++ : -1))
}

/** logits + weight · difference, where the logits lie. */
function addDifference(logits: Float32Array, masked: Int32Array, { rowOf, rows }: KnownDifference, weight: number): void {
  const codeCount = masked.length === 0 ? 0 : logits.length / masked.length
  for (let i = 0; i < masked.length; i++) {
    const from = rowOf[masked[i]!]! * codeCount
    const to = i * codeCount
    for (let code = 0; code < codeCount; code++) logits[to + code]! += weight * rows[from + code]!
  }
}
