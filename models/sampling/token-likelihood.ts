import { MASK_TOKEN, type MaskedTransformer, type StageContext, type WeightedConditioning } from '../runtime/masked-transformer.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { maskedPositions } from './decode-step.ts'
import { lowDiscrepancyOrder, takeStretch } from './low-discrepancy.ts'
import { softmaxRow } from './softmax-row.ts'

/**
 * The subsets of a grid that are masked in turn when its likelihoods are measured: complementary and of low discrepancy,
 * each wanted token once. They depend on nothing but the grid's size and the wanted tokens: the likelihoods of one
 * picture under several prompts can be compared.
 *
 * @param subsetCount  forward passes per prompt. Fewer mask more at a time: the model then judges a token less by the
 *   picture around it and more by the words.
 * @param isWanted  [rows × columns], 1 = to be measured. The others stay visible all the time.
 * @returns positions, row-major; none is empty, so there are fewer where fewer tokens are wanted.
 */
export function planSubsets(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  isWanted: Uint8Array,
  subsetCount: number,
): Uint32Array[] {
  const order = lowDiscrepancyOrder(rows, columns).filter((position) => isWanted[position] === 1)
  return Array.from({ length: subsetCount }, (_, k) => takeStretch(order, k / subsetCount, (k + 1) / subsetCount).toSorted())
    .filter(({ length }) => length > 0)
}

/**
 * How likely a model finds some tokens of a picture that it cannot see, one forward pass per term.
 *
 * @param grid  no token of it masked; of a size the stage takes.
 * @param positions  of `planSubsets`: masked together.
 * @param terms  the prompt, or several weighed (see sampling/guidance.ts).
 * @returns [positions] natural logarithms of probabilities, at temperature 1.
 */
export async function measureSubset(
  transformer: MaskedTransformer,
  { rows, columns, tokens }: TokenGrid,
  positions: Uint32Array,
  terms: readonly WeightedConditioning[],
  context: StageContext = {},
): Promise<Float64Array> {
  const masked = tokens.slice()
  for (const position of positions) masked[position] = MASK_TOKEN
  const logits = await transformer.predict({ rows, columns, tokens: masked }, terms, context)
  const codebookSize = logits.length / positions.length
  return Float64Array.from(maskedPositions(masked), (position, i) => {
    const row = logits.subarray(i * codebookSize, (i + 1) * codebookSize)
    return row[tokens[position]!]! - softmaxRow.fill(row)
  })
}

