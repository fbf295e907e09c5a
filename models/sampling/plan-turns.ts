import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { maskedPositions } from './decode-step.ts'
import type { EditPlan, Pass, RemaskRule, TokenWindow } from './edit-plan.ts'
import { takeStretch } from './low-discrepancy.ts'
import type { Random } from './random.ts'
import { remaskCounts } from './schedules.ts'
import { projectTokenMask, readWindow, writeWindow } from './token-canvas.ts'
import { forEachRow } from './windows.ts'

/** One decode step of one pass. */
export interface Turn {
  readonly pass: Pass
  /** Which tokens of the stage's canvas are masked before the prediction, besides those that still are. */
  readonly pickMasked: (random: Random) => Uint32Array
  /** How many tokens of the window are masked again after it. */
  readonly remaskCount: number
  /** Within its pass, from 0. */
  readonly step: number
  readonly stepCount: number
}

/**
 * Whether a stage's tokens under the plan's mask are forgotten before its first pass. Else they stay as the picture has them
 * until a rule masks them: at a stage without a pass, for good.
 */
export function forgetsFirst({ passes }: Pick<EditPlan, 'passes'>, stage: number): boolean {
  return passes.some((pass) => pass.stage === stage && pass.remaskRule.kind === 'given')
}

/**
 * All turns of a plan. The counts are known beforehand: which tokens a pass reveals depends on chance, how many does not.
 *
 * @param canvases  one per stage, as they are before the first pass. Not written to.
 * @param orders  one per stage: the canvas's low-discrepancy order as this candidate has it.
 * @throws {RangeError} when the plan masks nothing, or forgets tokens that no pass predicts.
 */
export function planTurns(plan: EditPlan, canvases: readonly TokenGrid[], orders: readonly Uint32Array[]): Turn[] {
  const stages = canvases.map((canvas, i) => planStage(plan, canvas, orders[i]!))
  const turns = plan.passes.flatMap((pass) => planPass(pass, stages))
  if (turns.length === 0) throw new RangeError('the plan masks no token')
  if (stages.some(({ canvas }) => canvas.tokens.includes(MASK_TOKEN))) throw new RangeError('no pass of the plan predicts some masked token')
  return turns
}

/** What planning knows of a stage. */
interface StagePlan {
  /** As the passes planned so far will leave it: which tokens are masked. */
  readonly canvas: TokenGrid
  /** The positions that may change, in the stage's low-discrepancy order. */
  readonly changeable: Uint32Array
  /** The stretch of the passes before and what they have masked of it: no second window masks it again. */
  stretch: { readonly from: number; readonly to: number; readonly masked: Set<number> }
}

function planStage(plan: EditPlan, canvas: TokenGrid, order: Uint32Array): StagePlan {
  const mayChange = projectTokenMask(plan.tokenMask, plan, canvas)
  return {
    canvas: { ...canvas, tokens: canvas.tokens.slice() },
    changeable: order.filter((position) => mayChange[position] === 1),
    stretch: { from: 0, to: 0, masked: new Set() },
  }
}

type Rule<Kind> = Extract<RemaskRule, { kind: Kind }>
type PassPlanner<Kind> = (rule: Rule<Kind>, pass: Pass, stage: StagePlan, coarser: StagePlan | undefined) => Turn[]

const PASS_PLANNERS: { readonly [Kind in RemaskRule['kind']]: PassPlanner<Kind> } = {
  'given': (_rule, pass, stage) => scheduledTurns(pass, stage, new Uint32Array(0)),

  'stretch': (rule, pass, stage) => stretchTurns(rule, pass, stage, takeStretch(stage.changeable, rule.from, rule.to)),

  'refine': (rule, pass, stage, coarser) => {
    if (coarser === undefined) throw new RangeError('the first stage has no coarser one to refine')
    const redrawn = new Uint8Array(coarser.canvas.tokens.length)
    for (const position of takeStretch(coarser.changeable, rule.from, rule.to)) redrawn[position] = 1
    const isOverRedrawn = projectTokenMask(redrawn, coarser.canvas, stage.canvas)
    return stretchTurns(rule, pass, stage, stage.changeable.filter((position) => isOverRedrawn[position] === 1))
  },

  'random-share': ({ share }, pass, stage) => {
    const positions = within(stage.changeable, pass.window, stage.canvas.columns)
    revealWindow(stage.canvas, pass.window)
    if (positions.length === 0) return []
    const count = Math.max(1, Math.round(share * positions.length))
    const pickMasked = (random: Random) => pickSome(positions, count, random)
    const { stepCount } = pass
    return Array.from({ length: stepCount }, (_, step) => ({ pass, pickMasked, remaskCount: 0, step, stepCount }))
  },
}

function planPass(pass: Pass, stages: readonly StagePlan[]): Turn[] {
  const planner = PASS_PLANNERS[pass.remaskRule.kind] as PassPlanner<RemaskRule['kind']>
  return planner(pass.remaskRule, pass, stages[pass.stage]!, stages[pass.stage - 1])
}

/** @param stretch  all positions of the stretch; those that an earlier window has masked are left out. */
function stretchTurns({ from, to }: Rule<'stretch' | 'refine'>, pass: Pass, stage: StagePlan, stretch: Uint32Array): Turn[] {
  if (from !== stage.stretch.from || to !== stage.stretch.to) stage.stretch = { from, to, masked: new Set() }
  const { masked } = stage.stretch
  const first = within(stretch.filter((position) => !masked.has(position)), pass.window, stage.canvas.columns)
  for (const position of first) {
    masked.add(position)
    stage.canvas.tokens[position] = MASK_TOKEN
  }
  return scheduledTurns(pass, stage, first)
}

/** The turns that predict all that is masked in a pass's window, `first` being masked before the first of them. */
function scheduledTurns(pass: Pass, { canvas }: StagePlan, first: Uint32Array): Turn[] {
  const none = new Uint32Array(0)
  const counts = remaskCounts(pass.schedule, revealWindow(canvas, pass.window), pass.stepCount)
  return counts.map((remaskCount, step) => ({
    pass,
    pickMasked: () => (step === 0 ? first : none),
    remaskCount,
    step,
    stepCount: counts.length,
  }))
}

/** How many tokens of a window are masked. Marks them as known, as a pass over it will leave them. */
function revealWindow(canvas: TokenGrid, window: TokenWindow): number {
  const { tokens } = readWindow(canvas, window)
  writeWindow(canvas, window, tokens.map((token) => (token === MASK_TOKEN ? 0 : token)))
  return maskedPositions(tokens).length
}

function within(positions: Uint32Array, window: TokenWindow, canvasColumns: number): Uint32Array {
  const inside = new Set<number>()
  forEachRow(window, canvasColumns, (start, end) => {
    for (let position = start; position < end; position++) inside.add(position)
  })
  return positions.filter((position) => inside.has(position))
}

/** `count` of the positions, each set as likely as any other. Asks once per position it takes. */
function pickSome(positions: Uint32Array, count: number, random: Random): Uint32Array {
  const shuffled = positions.slice()
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(random() * (shuffled.length - i))
    const taken = shuffled[other]!
    shuffled[other] = shuffled[i]!
    shuffled[i] = taken
  }
  return shuffled.subarray(0, count)
}
