import { MASK_TOKEN, type MaskedTransformer, type StageContext, type WeightedConditioning } from '../runtime/masked-transformer.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { maskedPositions } from './decode-step.ts'
import { lowDiscrepancyOrder, takeStretch } from './low-discrepancy.ts'

/** Forward passes per prompt. Fewer mask more at a time: the model then judges a token by less of the picture. */
const SUBSET_COUNT = 8

/**
 * How likely a model finds each token of a picture. It says nothing about tokens it can see, so that complementary
 * low-discrepancy subsets are masked in turn, each token once. They depend on the grid's size alone: the likelihoods of
 * one picture under several prompts can be compared.
 *
 * @param grid  no token of it masked; of a size the stage takes.
 * @param terms  the prompt, or several weighed (see sampling/guidance.ts).
 * @returns [tokenCount] natural logarithms of probabilities, at temperature 1.
 */
export async function measureLikelihoods(
  transformer: MaskedTransformer,
  grid: TokenGrid,
  terms: readonly WeightedConditioning[],
  context: StageContext = {},
  subsetCount = SUBSET_COUNT,
): Promise<Float64Array> {
  const { rows, columns, tokens } = grid
  const order = lowDiscrepancyOrder(rows, columns)
  const likelihoods = new Float64Array(tokens.length)
  for (let k = 0; k < subsetCount; k++) {
    const masked = tokens.slice()
    for (const position of takeStretch(order, k / subsetCount, (k + 1) / subsetCount)) masked[position] = MASK_TOKEN
    const positions = maskedPositions(masked)
    if (positions.length === 0) continue
    const logits = await transformer.predict({ rows, columns, tokens: masked }, terms, context)
    const codebookSize = logits.length / positions.length
    for (let i = 0; i < positions.length; i++) {
      const position = positions[i]!
      likelihoods[position] = logProbability(logits.subarray(i * codebookSize, (i + 1) * codebookSize), tokens[position]!)
    }
  }
  return likelihoods
}

/**
 * The mean over the tokens of a mask: how well a region fits a prompt, whatever its size.
 *
 * @param tokenMask  [tokenCount], 1 = counts. At least one does, else NaN.
 */
export function meanLikelihood(likelihoods: Float64Array, tokenMask: Uint8Array): number {
  const counted = likelihoods.filter((_, i) => tokenMask[i] === 1)
  return counted.reduce((sum, likelihood) => sum + likelihood, 0) / counted.length
}

function logProbability(logits: Float32Array, token: number): number {
  // Subtracting the largest first keeps exp() finite.
  const largest = logits.reduce((a, b) => Math.max(a, b))
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0)
  return logits[token]! - largest - Math.log(sum)
}
