import { MASK_TOKEN, type MaskedTransformer, type StageContext } from '../runtime/masked-transformer.ts'
import type { Conditioning } from '../runtime/text-encoder.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { beginCanvases, joinTokens } from './begin-canvases.ts'
import { decodeStep, maskedPositions } from './decode-step.ts'
import type { EditPlan, Pass, TokenPin, TokenWindow } from './edit-plan.ts'
import { guidanceScaleAt } from './guidance.ts'
import { GuidedPredictor } from './guided-predictor.ts'
import { lowDiscrepancyOrder, shiftOrder } from './low-discrepancy.ts'
import { planTurns, type Turn } from './plan-turns.ts'
import { createRandom, type Random } from './random.ts'
import { annealChoiceTemperature } from './schedules.ts'
import { readWindow, stageWindow, writeWindow } from './token-canvas.ts'

/** What every candidate of a run shares. Nothing of it is written to. */
export interface RunSetting {
  readonly plan: EditPlan
  /** One per stage of the pack, coarse to fine. */
  readonly transformers: readonly MaskedTransformer[]
  /** One per stage: what the crop shows, MASK_TOKEN where the plan forgets it before its first pass. */
  readonly canvases: readonly TokenGrid[]
  /** Every prompt and negative prompt of the plan, encoded. Equal prompts are one object: guidance relies on it. */
  readonly conditionings: ReadonlyMap<string, Conditioning>
}

/** The Halton scheduler draws ever sharper: at its last step the logits count this much more (Besnier et al. 2025, their code). */
const LAST_HALTON_SHARPNESS = 1.2

/**
 * One candidate on its way from masks to tokens. It is advanced step by step by the runner, and depends on nothing but
 * the setting and its seed: candidates run side by side give the same bytes as one that runs alone.
 */
export class CandidateRun {
  private readonly setting: RunSetting
  private readonly random: Random
  private readonly canvases: readonly TokenGrid[]
  private readonly guesses: readonly TokenGrid[]
  private readonly turns: readonly Turn[]
  /** One per stage, [tokenCount]: the place of each position in this candidate's low-discrepancy order. */
  private readonly ranks: readonly Int32Array[]
  private readonly pinned = new Map<number, TokenPin>()
  /** Of the last stage, by position: how likely the model found what it drew there last. */
  private readonly likelihoods = new Map<number, number>()
  private readonly predictor = new GuidedPredictor()
  private turnsTaken = 0
  private wasCutShort = false

  /** @throws {RangeError} as planTurns does. */
  constructor(setting: RunSetting, seed: number) {
    this.setting = setting
    this.random = createRandom(seed)
    const { plan } = setting
    const begun = beginCanvases(plan, setting.canvases)
    this.canvases = begun
    this.guesses = begun.map(copyGrid)
    // Of a generator of its own: the draws of a plan are the same whether an order is needed or not.
    const shift = createRandom(seed)()
    const orders = setting.canvases.map((canvas) => orderOf(canvas, plan, shift))
    this.ranks = orders.map(ranksOf)
    const skipped = plan.start?.step ?? 0
    const turns = planTurns(plan, skipped === 0 ? begun : setting.canvases, orders)
    // However late a run is gone on with, there is a step to take.
    this.turns = turns.slice(Math.min(skipped, turns.length - 1))
  }

  /** Decode steps over all passes. Fewer than planned where a pass has fewer masked tokens than steps. */
  get stepCount(): number {
    return this.turns.length
  }

  get stepsTaken(): number {
    return this.turnsTaken
  }

  get isDone(): boolean {
    return this.wasCutShort || this.turnsTaken === this.turns.length
  }

  /** Whether steps were left out by `drawRest`. */
  get isPartial(): boolean {
    return this.wasCutShort
  }

  /** The stage at work: of the step taken last, or at first of the first. */
  get stage(): number {
    return this.turns[Math.max(0, this.turnsTaken - 1)]!.pass.stage
  }

  /** The last stage's tokens; MASK_TOKEN where a token is still to be predicted. */
  get tokens(): TokenGrid {
    return this.canvases.at(-1)!
  }

  /** The model's latest guess at the stage at work; MASK_TOKEN only where no pass has looked yet. */
  get guess(): TokenGrid {
    return this.guesses[this.stage]!
  }

  /** Of all stages, coarse to fine: the latest guess, and what is kept of it, MASK_TOKEN where it is not. */
  get trailStep(): { readonly guess: Int32Array; readonly kept: Int32Array } {
    return { guess: joinTokens(this.guesses), kept: joinTokens(this.canvases) }
  }

  /**
   * How likely the model found what it drew, when it drew it: the mean natural logarithm over the last stage's drawn
   * tokens. null where none was drawn.
   */
  get meanLikelihood(): number | null {
    const drawn = [...this.likelihoods.values()]
    return drawn.length === 0 ? null : drawn.reduce((sum, value) => sum + value, 0) / drawn.length
  }

  /** What is pinned by now, by the plan and since. */
  get pins(): readonly TokenPin[] {
    return [...this.pinned.values()]
  }

  /** Makes a token of the last stage known from now on. One that is pinned stays as it was pinned first. */
  pin({ position, token }: Omit<TokenPin, 'step'>): void {
    if (this.setting.plan.tokenMask[position] !== 1 || this.pinned.has(position)) return
    this.pinned.set(position, { position, token, step: this.turnsTaken })
    this.canvases.at(-1)!.tokens[position] = token
    this.guesses.at(-1)!.tokens[position] = token
  }

  /** Takes the next decode step. */
  async advance(): Promise<void> {
    for (const pin of this.setting.plan.pins ?? []) if (pin.step === this.turnsTaken) this.pin(pin)
    const turn = this.turns[this.turnsTaken]!
    this.maskFor(turn)
    await this.take(turn)
    this.turnsTaken++
    if (this.isDone) this.predictor.forget()
  }

  /**
   * Draws all that is masked at once, one prediction per pass: what a user keeps of a cancelled run. At the stage at work
   * nothing more is masked; finer stages still redraw what lies over what has changed.
   */
  async drawRest(): Promise<void> {
    const left = this.turns.slice(this.turnsTaken)
    const stageAtWork = this.stage
    for (const turn of left) {
      if (turn.step === 0 && turn.pass.stage > stageAtWork) this.maskFor(turn)
      const isLast = turn.step === turn.stepCount - 1
      if (isLast && readWindow(this.canvases[turn.pass.stage]!, turn.pass.window).tokens.includes(MASK_TOKEN)) await this.take(turn)
    }
    this.wasCutShort = left.length > 0
    this.predictor.forget()
  }

  private maskFor(turn: Turn): void {
    const canvas = this.canvases[turn.pass.stage]!
    const isPinned = (position: number) => canvas === this.canvases.at(-1) && this.pinned.has(position)
    for (const position of turn.pickMasked(this.random)) if (!isPinned(position)) canvas.tokens[position] = MASK_TOKEN
  }

  /** Predicts the window of a turn and writes what it keeps into the stage's canvas. */
  private async take({ pass, remaskCount, step, stepCount }: Turn): Promise<void> {
    const canvas = this.canvases[pass.stage]!
    const grid = readWindow(canvas, pass.window)
    // Pins make fewer than were planned, perhaps none.
    const maskedCount = maskedPositions(grid.tokens).length
    if (maskedCount === 0) return
    const guidance = {
      prompt: this.setting.conditionings.get(pass.prompt)!,
      negative: this.setting.conditionings.get(pass.negativePrompt)!,
      scale: guidanceScaleAt(pass.guidance, step, stepCount),
      reuse: pass.guidance.reuse ?? 1,
    }
    const context = { ...this.contextOf(pass), stepsLeft: stepCount - 1 - step }
    const logits = await this.predictor.predict(this.setting.transformers[pass.stage]!, grid, guidance, context, pass)
    const options = { ...this.drawOptions(pass, step, stepCount), topK: pass.topK, remaskCount: Math.min(remaskCount, maskedCount - 1) }
    const { tokens, guess, likelihoods } = decodeStep(grid.tokens, logits, options, this.random)
    writeWindow(canvas, pass.window, tokens)
    writeWindow(this.guesses[pass.stage]!, pass.window, guess)
    if (pass.stage === this.canvases.length - 1) this.noteLikelihoods(pass.window, likelihoods)
  }

  private noteLikelihoods({ row, column, columns }: TokenWindow, likelihoods: Float64Array): void {
    const canvasColumns = this.tokens.columns
    for (let i = 0; i < likelihoods.length; i++) {
      const position = (row + Math.floor(i / columns)) * canvasColumns + column + (i % columns)
      if (!Number.isNaN(likelihoods[i])) this.likelihoods.set(position, likelihoods[i]!)
    }
  }

  /** How tokens are drawn in one step, and which are kept. */
  private drawOptions({ decodingOrder, temperature, choiceTemperature, stage, window }: Pass, step: number, stepCount: number) {
    if (decodingOrder !== 'halton') {
      return { temperature, choiceTemperature: annealChoiceTemperature(choiceTemperature, step, stepCount) }
    }
    const progress = stepCount <= 1 ? 1 : step / (stepCount - 1)
    const { rows, columns } = this.canvases[stage]!
    const ranks = readWindow({ rows, columns, tokens: this.ranks[stage]! }, window).tokens
    const sharpness = 1 + (LAST_HALTON_SHARPNESS - 1) * progress
    return { temperature: temperature / sharpness, choiceTemperature: 0, ranks }
  }

  /** A later stage sees the coarser tokens of the same part of the picture, an instruction the picture as it was. */
  private contextOf({ stage, window, isReferenced = false }: Pass): StageContext {
    const { rows: canvasRows, columns: canvasColumns } = this.canvases[stage]!
    const placement = { canvasRows, canvasColumns, row: window.row, column: window.column }
    if (isReferenced) return { placement, reference: readWindow(this.setting.canvases[stage]!, window) }
    if (stage === 0) return { placement }
    const coarser = this.canvases[stage - 1]!
    return { placement, coarser: readWindow(coarser, stageWindow(window, this.canvases[stage]!, coarser)) }
  }
}

/** @param shift  in [0, 1): candidates of neighbouring seeds begin far apart. */
function orderOf({ rows, columns }: TokenGrid, { passes }: EditPlan, shift: number): Uint32Array {
  // A large canvas takes seconds to order.
  const isNeeded = passes.some(({ remaskRule, decodingOrder }) => remaskRule.kind === 'stretch' || decodingOrder === 'halton')
  if (!isNeeded) return Uint32Array.from({ length: rows * columns }, (_, i) => i)
  return shiftOrder(lowDiscrepancyOrder(rows, columns), Math.floor(shift * rows * columns))
}

function ranksOf(order: Uint32Array): Int32Array {
  const ranks = new Int32Array(order.length)
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank]!] = rank
  return ranks
}

function copyGrid({ rows, columns, tokens }: TokenGrid): TokenGrid {
  return { rows, columns, tokens: tokens.slice() }
}
