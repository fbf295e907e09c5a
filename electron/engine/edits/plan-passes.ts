import type { EditRequest } from '../../api/edits.ts'
import type { Pack, PackStage } from '../../../models/importing/pack.ts'
import type { Guidance, Pass, RemaskRule, TokenWindow } from '../../../models/sampling/edit-plan.ts'
import { projectTokenMask } from '../../../models/sampling/token-canvas.ts'
import { forEachRow, planWindows } from '../../../models/sampling/windows.ts'
import type { PreparedRequest } from './edit.ts'
import { coarserRatio, stageCanvas, type CanvasSize } from './pack-geometry.ts'

/** Below it a region's tokens are drawn nearly independently and do not fit each other. */
const MIN_STEPS = 4

/** The schedule each order was published with. */
const SCHEDULES = { confidence: 'cosine', halton: 'arccos' } as const

/** What of its passes is particular to an edit. */
export interface PassStyle {
  /** At the first stage that is planned: one round of passes each, in this order. */
  readonly rounds: readonly RemaskRule[]
  /** Draw only among the k likeliest tokens; null = all. */
  readonly topK: number | null
  /** Where the passes begin: stages before it keep the picture's tokens. Absent = with the coarsest. */
  readonly firstStage?: number
  /** Whether the first stage is shown the picture as it was and told by the prompt what to change. Absent = no. */
  readonly isReferenced?: boolean
}

const FORGETTING: PassStyle = { rounds: [{ kind: 'given' }], topK: null }

/** What a finer stage draws anew after the one before it. */
interface Finer {
  readonly rule: RemaskRule
  /** Whether its steps grow and shrink with those of the first stage; else it takes its own. */
  readonly areStepsShared: boolean
}

type Rules<Kind> = readonly Extract<RemaskRule, { kind: Kind }>[]

const FINER: { readonly [Kind in RemaskRule['kind']]: (rules: Rules<Kind>) => Finer } = {
  'given': () => ({ rule: { kind: 'given' }, areStepsShared: true }),
  'stretch': (rules) => ({ rule: { kind: 'refine', ...extentOf(rules) }, areStepsShared: true }),
  'refine': (rules) => ({ rule: { kind: 'refine', ...extentOf(rules) }, areStepsShared: true }),
  // Chance decides which tokens a share draws anew, and its turns are no steps from masks to tokens.
  'random-share': () => ({ rule: { kind: 'stretch', from: 0, to: 1 }, areStepsShared: false }),
}

/**
 * The passes that predict every token the mask lets change, stage after stage: one a round where the stage takes the
 * whole canvas, else one for each window. Decode steps grow with the square root of a window's forgotten share, for they
 * are what a region costs. A stage after the first has one round, which draws anew what lies over what was drawn.
 *
 * @param canvas  of the last stage.
 * @param tokenMask  [rows × columns] of the canvas, row-major; 1 = may change.
 */
export function planPasses(
  canvas: CanvasSize,
  tokenMask: Uint8Array,
  request: PreparedRequest<EditRequest>,
  pack: Pack,
  style: PassStyle = FORGETTING,
): Pass[] {
  // What a start leaves masked is all there is to predict.
  const { rounds, topK, firstStage = 0, isReferenced = false } = request.start?.step === 0 ? FORGETTING : style
  const finerRound = finerRoundOf(rounds)
  const first = planStage(firstStage, { rounds, topK, isReferenced, steps: request.steps }, canvas, tokenMask, request, pack)
  // Finer stages were taught what pictures show, not what to do to them.
  const finerRequest = isReferenced ? { ...request, prompt: '', negativePrompt: '' } : request
  const stepShare = finerRound.areStepsShared ? countSteps(first) / stepsOf(pack, firstStage) : 1
  const finer = pack.stages.flatMap((_, stage) => {
    if (stage <= firstStage) return []
    const steps = Math.max(1, Math.round(stepShare * stepsOf(pack, stage)))
    const finerRounds = { rounds: [finerRound.rule], topK: null, isReferenced: false, steps }
    return planStage(stage, finerRounds, canvas, tokenMask, finerRequest, pack)
  })
  return [...first, ...finer]
}

function finerRoundOf(rounds: readonly RemaskRule[]): Finer {
  const { kind } = rounds[0]!
  const alike = rounds.filter((rule) => rule.kind === kind)
  return (FINER[kind] as (rules: readonly RemaskRule[]) => Finer)(alike)
}

function extentOf(rules: Rules<'stretch' | 'refine'>): { from: number; to: number } {
  return { from: Math.min(...rules.map(({ from }) => from)), to: Math.max(...rules.map(({ to }) => to)) }
}

/** Decode steps of a whole picture at a stage. */
function stepsOf({ stages, defaults }: Pack, stage: number): number {
  return stages[stage]!.steps ?? defaults.steps
}

interface StageRounds {
  readonly rounds: readonly RemaskRule[]
  readonly topK: number | null
  readonly isReferenced: boolean
  /** Of the pass that forgets most; null = by its share. */
  readonly steps: number | null
}

function planStage(
  stage: number,
  { rounds, topK, isReferenced, steps }: StageRounds,
  finest: CanvasSize,
  finestMask: Uint8Array,
  request: PreparedRequest<EditRequest>,
  pack: Pack,
): Pass[] {
  const { defaults, stages } = pack
  const { grids, maxGuidanceScale = Infinity, temperature = defaults.temperature } = stages[stage]!
  const canvas = stageCanvas(finest, stage, pack)
  const tokenMask = projectTokenMask(finestMask, finest, canvas)
  const decodingOrder = request.decodingOrder ?? 'confidence'
  const windows = windowsOf(canvas, tokenMask, grids, coarserRatio(stage, pack))
  const windowShares = forgottenShares(windows, tokenMask, canvas.columns)
  const planned = rounds.flatMap((remaskRule) =>
    windows.map((window, i) => ({ remaskRule, window, share: windowShares[i]! * shareMasked(remaskRule) })),
  )
  const largestShare = Math.max(...planned.map(({ share }) => share))
  const stageSteps = stepsOf(pack, stage)
  const fewest = Math.min(MIN_STEPS, steps ?? stageSteps)
  const mostSteps = steps ?? scaleSteps(stageSteps, largestShare, fewest)
  const drawn = planned.map(({ remaskRule, window, share }): Pass => ({
    stage,
    window,
    remaskRule,
    schedule: SCHEDULES[decodingOrder],
    decodingOrder,
    stepCount: scaleSteps(mostSteps, share / largestShare, fewest),
    ...(isReferenced ? { isReferenced } : {}),
    prompt: request.prompt,
    negativePrompt: request.negativePrompt,
    guidance: guidanceOf(request, maxGuidanceScale),
    temperature,
    choiceTemperature: defaults.choiceTemperature,
    topK,
  }))
  return [...drawn, ...planRedraw(stages[stage]!.redraw, drawn, request)]
}

/** What was drawn from nothing, drawn again. A run that begins with tokens of its own keeps them. */
function planRedraw(redraw: PackStage['redraw'], drawn: readonly Pass[], { start }: PreparedRequest<EditRequest>): Pass[] {
  if (redraw === undefined || start?.step === 0) return []
  const { sweeps, parts, steps, temperature } = redraw
  const stretches = Array.from({ length: sweeps * parts }, (_, i): RemaskRule => ({ kind: 'stretch', from: (i % parts) / parts, to: ((i % parts) + 1) / parts }))
  const anew = drawn.filter(({ remaskRule }) => remaskRule.kind === 'given')
  return stretches.flatMap((remaskRule) => anew.map((pass): Pass => ({
    ...pass,
    remaskRule,
    stepCount: Math.min(steps, pass.stepCount),
    guidance: { ...pass.guidance, ramp: 'constant' },
    temperature,
    choiceTemperature: 0,
  })))
}

function guidanceOf({ guidanceScale, guidanceRamp, guidanceFrom, guidanceReuse }: PreparedRequest<EditRequest>, largest: number): Guidance {
  return {
    scale: Math.min(guidanceScale, largest),
    ramp: guidanceRamp,
    ...(guidanceFrom === undefined ? {} : { from: guidanceFrom }),
    ...(guidanceReuse === undefined ? {} : { reuse: guidanceReuse }),
  }
}

/** Of the tokens that may change, the share that is masked when a pass begins. */
function shareMasked(rule: RemaskRule): number {
  return 'to' in rule ? rule.to - rule.from : 1
}

/** The first stage's steps of the pass that forgets most: filled into a request, they give the same passes again. */
export function countSteps(passes: readonly Pass[]): number {
  const first = passes[0]!.stage
  return Math.max(...passes.filter(({ stage }) => stage === first).map(({ stepCount }) => stepCount))
}

function scaleSteps(most: number, share: number, fewest: number): number {
  return Math.min(most, Math.max(fewest, Math.round(most * Math.sqrt(share))))
}

type Grids = Pack['stages'][number]['grids']

function windowsOf(canvas: CanvasSize, tokenMask: Uint8Array, grids: Grids, step: number): TokenWindow[] {
  const { rows, columns } = canvas
  if (grids.kind === 'free' && takesWhole(canvas, grids)) return [{ row: 0, column: 0, rows, columns }]
  return planWindows({ rows, columns }, tokenMask, { rows: grids.rows, columns: grids.columns }, step)
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
