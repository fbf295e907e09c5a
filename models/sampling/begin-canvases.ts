import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import type { EditPlan } from './edit-plan.ts'
import { projectTokenMask } from './token-canvas.ts'

/**
 * Copies of the canvases as a run begins with them: the plan's start where the token mask lets tokens change, and in the
 * last stage what is pinned from the beginning.
 *
 * @param canvases  one per stage, as the picture has them, MASK_TOKEN where the plan forgets.
 * @throws {RangeError} when the start's tokens do not fill the canvases.
 */
export function beginCanvases(plan: EditPlan, canvases: readonly TokenGrid[]): TokenGrid[] {
  const begun = plan.start === undefined ? canvases : layStart(plan, plan.start.tokens, canvases)
  const copies = begun.map(({ rows, columns, tokens }) => ({ rows, columns, tokens: tokens.slice() }))
  const { tokens } = copies.at(-1)!
  for (const pin of plan.pins ?? []) {
    if (pin.step === 0 && plan.tokenMask[pin.position] === 1) tokens[pin.position] = pin.token
  }
  return copies
}

function layStart(plan: EditPlan, start: Int32Array, canvases: readonly TokenGrid[]): TokenGrid[] {
  const tokenCount = canvases.reduce((sum, { tokens }) => sum + tokens.length, 0)
  if (start.length !== tokenCount) throw new RangeError(`${start.length} tokens to start with do not fill ${tokenCount}`)
  let first = 0
  return canvases.map((canvas) => {
    const mayChange = projectTokenMask(plan.tokenMask, plan, canvas)
    const own = start.subarray(first, (first += canvas.tokens.length))
    return { ...canvas, tokens: canvas.tokens.map((token, i) => (mayChange[i] === 1 ? own[i]! : token)) }
  })
}

/** The tokens of all stages, one stage after another. */
export function joinTokens(canvases: readonly TokenGrid[]): Int32Array {
  const joined = new Int32Array(canvases.reduce((sum, { tokens }) => sum + tokens.length, 0))
  let at = 0
  for (const { tokens } of canvases) {
    joined.set(tokens, at)
    at += tokens.length
  }
  return joined
}
