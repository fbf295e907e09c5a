import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import type { Random } from './random.ts'
import { softmaxRow } from './softmax-row.ts'

export interface DecodeStepOptions {
  /** Divides the logits when a token is drawn. Above 0; 1 samples the model as trained. */
  readonly temperature: number
  /**
   * How much chance there is in which tokens are kept, in log-probability units.
   * 0 keeps the most confident; MaskGIT anneals it from about 4.5 to 0 over the steps.
   */
  readonly choiceTemperature: number
  /** How many tokens are to be masked again. At least 0, and below the number masked now. */
  readonly remaskCount: number
  /** Draw only among the k likeliest tokens; null = all. */
  readonly topK: number | null
  /** [tokenCount]: the tokens with the lowest ranks are kept, however sure the model is of them. Absent = the surest are. */
  readonly ranks?: Int32Array | undefined
}

export interface DecodedStep {
  /** [tokenCount], with exactly `remaskCount` masks. */
  readonly tokens: Int32Array
  /** [tokenCount], the same before re-masking: the model's guess of the whole grid, for previews. */
  readonly guess: Int32Array
  /** [tokenCount]: how likely the model finds what was drawn, natural logarithms; NaN where nothing was. */
  readonly likelihoods: Float64Array
}

/**
 * Predicts every masked token once, then masks the least confident (or those of the highest rank) again.
 *
 * This is one turn of MaskGIT's parallel decoding (Chang et al. 2022, section 3.2).
 * Tokens that were not masked are returned as they came, whatever the logits say:
 * this is how an edit leaves the rest of the picture alone.
 *
 * @param tokens  [tokenCount], row-major over the token grid; codebook indices or MASK_TOKEN. Not written to.
 * @param logits  [maskedCount × codebookSize], row-major, in the order of the masked positions; unnormalised.
 * @param random  asked twice per masked position, in their order: for its token, then for its choice noise. Where ranks
 *   decide, there is no such noise.
 * @throws {RangeError} when the sizes disagree or an option is out of its range.
 *   These are programming errors, so no caller catches them.
 */
export function decodeStep(
  tokens: Int32Array,
  logits: Float32Array,
  { temperature, choiceTemperature, remaskCount, topK, ranks }: DecodeStepOptions,
  random: Random,
): DecodedStep {
  const masked = maskedPositions(tokens)
  const codebookSize = logits.length / masked.length
  if (!Number.isInteger(codebookSize) || codebookSize < 1) {
    throw new RangeError(`${logits.length} logits do not divide over ${masked.length} masked tokens`)
  }
  if (!(temperature > 0)) throw new RangeError(`temperature must be above 0, got ${temperature}`)
  if (topK !== null && !(topK >= 1)) throw new RangeError(`topK must be at least 1, got ${topK}`)
  if (!(remaskCount >= 0 && remaskCount < masked.length)) {
    throw new RangeError(`remaskCount must be in [0, ${masked.length}), got ${remaskCount}`)
  }

  const guess = tokens.slice()
  const confidence = new Float64Array(masked.length)
  const likelihoods = new Float64Array(tokens.length).fill(NaN)
  const likeliest = topK !== null && topK < codebookSize ? new Float64Array(topK) : null
  for (let i = 0; i < masked.length; i++) {
    const row = logits.subarray(i * codebookSize, (i + 1) * codebookSize)
    // How sure the model is of a token is said at temperature 1, whatever that of the draw.
    const logSum = softmaxRow.fill(row)
    if (temperature !== 1 || likeliest) softmaxRow.weigh(temperature, likeliest ? kthLargest(row, likeliest) : undefined)
    const token = softmaxRow.draw(random())
    guess[masked[i]!] = token
    const likelihood = row[token]! - logSum
    likelihoods[masked[i]!] = likelihood
    confidence[i] = ranks ? -ranks[masked[i]!]! : likelihood + choiceTemperature * gumbel(random())
  }

  const remasked = guess.slice()
  const order = Uint32Array.from(masked.keys()).sort((a, b) => confidence[a]! - confidence[b]! || a - b)
  for (const i of order.subarray(0, remaskCount)) remasked[masked[i]!] = MASK_TOKEN
  return { tokens: remasked, guess, likelihoods }
}

/** Where a token grid is masked, in row-major order. */
export function maskedPositions(tokens: Int32Array): Int32Array {
  const positions = new Int32Array(tokens.length)
  let count = 0
  for (let position = 0; position < tokens.length; position++) {
    if (tokens[position] === MASK_TOKEN) positions[count++] = position
  }
  return positions.subarray(0, count)
}

/** The k-th largest value, k being the length of `likeliest`, which is overwritten with the k largest in falling order. */
function kthLargest(values: Float32Array, likeliest: Float64Array): number {
  const lastIndex = likeliest.length - 1
  likeliest.fill(-Infinity)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value <= likeliest[lastIndex]!) continue
    let place = lastIndex
    for (; place > 0 && likeliest[place - 1]! < value; place--) likeliest[place] = likeliest[place - 1]!
    likeliest[place] = value
  }
  return likeliest[lastIndex]!
}

/** Standard Gumbel noise from a uniform in [0, 1). The floor of 1e-20 is the published schedulers'; it bounds the noise. */
function gumbel(uniform: number): number {
  return -Math.log(Math.max(-Math.log(Math.max(uniform, 1e-20)), 1e-20))
}
