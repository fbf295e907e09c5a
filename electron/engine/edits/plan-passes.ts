import type { EditRequest } from '../../api/edits.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import type { Pass, RemaskRule, TokenWindow } from '../../../models/sampling/edit-plan.ts'
import { forEachRow, planWindows } from '../../../models/sampling/windows.ts'
import type { PreparedRequest } from './edit.ts'

export interface CanvasSize {
  readonly rows: number
  readonly columns: number
}

/** Below it a region's tokens are drawn nearly independently and do not fit each other. */
const MIN_STEPS = 4

/** The schedule each order was published with. */
const SCHEDULES = { confidence: 'cosine', halton: 'arccos' } as const

/** What of its passes is particular to an edit. */
export interface PassStyle {
  /** One round of passes each, in this order. */
  readonly rounds: readonly RemaskRule[]
  /** Draw only among the k likeliest tokens; null = all. */
  readonly topK: number | null
}

const FORGETTING: PassStyle = { rounds: [{ kind: 'given' }], topK: null }

/**
 * The passes that predict every token the mask lets change: one a round where the stage takes the whole canvas, else one
 * for each window. Decode steps grow with the square root of a window's forgotten share, for they are what a region costs.
 *
 * @param tokenMask  [rows × columns] of the canvas, row-major; 1 = may change.
 */
export function planPasses(
  canvas: CanvasSize,
  tokenMask: Uint8Array,
  request: PreparedRequest<EditRequest>,
  { stages, defaults }: Pack,
  { rounds, topK }: PassStyle = FORGETTING,
): Pass[] {
  const stage = stages.length - 1
  const decodingOrder = request.decodingOrder ?? 'confidence'
  const windows = windowsOf(canvas, tokenMask, stages[stage]!.grids)
  const windowShares = forgottenShares(windows, tokenMask, canvas.columns)
  const planned = rounds.flatMap((remaskRule) =>
    windows.map((window, i) => ({ remaskRule, window, share: windowShares[i]! * shareMasked(remaskRule) })),
  )
  const largestShare = Math.max(...planned.map(({ share }) => share))
  const fewest = Math.min(MIN_STEPS, request.steps ?? defaults.steps)
  const mostSteps = request.steps ?? scaleSteps(defaults.steps, largestShare, fewest)
  return planned.map(({ remaskRule, window, share }) => ({
    stage,
    window,
    remaskRule,
    schedule: SCHEDULES[decodingOrder],
    decodingOrder,
    stepCount: scaleSteps(mostSteps, share / largestShare, fewest),
    prompt: request.prompt,
    negativePrompt: request.negativePrompt,
    guidance: { scale: request.guidanceScale, ramp: request.guidanceRamp },
    temperature: defaults.temperature,
    choiceTemperature: defaults.choiceTemperature,
    topK,
  }))
}

/** Of the tokens that may change, the share that is masked when a pass begins. */
function shareMasked(rule: RemaskRule): number {
  return 'to' in rule ? rule.to - rule.from : 1
}

/** The steps of the pass that forgets most: filled into a request, they give the same passes again. */
export function countSteps(passes: readonly Pass[]): number {
  return Math.max(...passes.map(({ stepCount }) => stepCount))
}

function scaleSteps(most: number, share: number, fewest: number): number {
  return Math.min(most, Math.max(fewest, Math.round(most * Math.sqrt(share))))
}

type Grids = Pack['stages'][number]['grids']

function windowsOf(canvas: CanvasSize, tokenMask: Uint8Array, grids: Grids): TokenWindow[] {
  if (grids.kind === 'free' && takesWhole(canvas, grids)) return [{ row: 0, column: 0, ...canvas }]
  return planWindows(canvas, tokenMask, { rows: grids.rows, columns: grids.columns })
}

/** Whether a stage with free grids takes a canvas of this size in one go. */
export function takesWhole(
  { rows, columns }: CanvasSize,
  { multipleOf, maxTokens }: Extract<Grids, { kind: 'free' }>,
): boolean {
  return rows % multipleOf === 0 && columns % multipleOf === 0 && rows * columns <= maxTokens
}

/** Of each window's tokens, the share that no earlier window has predicted. */
function forgottenShares(windows: readonly TokenWindow[], tokenMask: Uint8Array, columns: number): number[] {
  const forgotten = tokenMask.slice()
  return windows.map((window) => {
    let count = 0
    forEachRow(window, columns, (start, end) => {
      for (let i = start; i < end; i++) count += forgotten[i]!
      forgotten.fill(0, start, end)
    })
    return count / (window.rows * window.columns)
  })
}
