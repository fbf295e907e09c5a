import { MASK_TOKEN, type MaskedTransformer, type StageContext } from '../runtime/masked-transformer.ts'
import type { Conditioning } from '../runtime/text-encoder.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { decodeStep, maskedPositions } from './decode-step.ts'
import type { EditPlan, Pass, TokenWindow } from './edit-plan.ts'
import { guidanceScaleAt, guidedTerms } from './guidance.ts'
import { createRandom, type Random } from './random.ts'
import { annealChoiceTemperature, remaskCounts } from './schedules.ts'
import { readWindow, stageWindow, writeWindow } from './token-canvas.ts'

/** What every candidate of a run shares. Nothing of it is written to. */
export interface RunSetting {
  readonly plan: EditPlan
  /** One per stage of the pack, coarse to fine. */
  readonly transformers: readonly MaskedTransformer[]
  /** One per stage: what the crop shows, MASK_TOKEN where the plan forgets. */
  readonly canvases: readonly TokenGrid[]
  /** Every prompt and negative prompt of the plan, encoded. Equal prompts are one object: guidance relies on it. */
  readonly conditionings: ReadonlyMap<string, Conditioning>
}

/** One turn of one pass: how many tokens stay masked after it. */
interface Turn {
  readonly pass: Pass
  readonly remaskCount: number
  /** Within its pass, from 0. */
  readonly step: number
  readonly stepCount: number
}

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
  private turnsTaken = 0
  private wasCutShort = false

  /** @throws {RangeError} when the plan forgets nothing, or forgets tokens that no pass predicts. */
  constructor(setting: RunSetting, seed: number) {
    this.setting = setting
    this.random = createRandom(seed)
    this.canvases = setting.canvases.map(copyGrid)
    this.guesses = setting.canvases.map(copyGrid)
    this.turns = planTurns(setting)
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

  /** The last stage's tokens; MASK_TOKEN where a token is still to be predicted. */
  get tokens(): TokenGrid {
    return this.canvases.at(-1)!
  }

  /** The model's latest guess of the last stage; MASK_TOKEN only where no pass has looked yet. */
  get guess(): TokenGrid {
    return this.guesses.at(-1)!
  }

  /** Takes the next decode step. */
  async advance(): Promise<void> {
    const turn = this.turns[this.turnsTaken]!
    await this.take(turn)
    this.turnsTaken++
  }

  /** Draws all that is still masked at once, one prediction per pass: what a user keeps of a cancelled run. */
  async drawRest(): Promise<void> {
    const left = this.turns.slice(this.turnsTaken)
    for (const turn of left.filter(({ remaskCount }) => remaskCount === 0)) await this.take(turn)
    this.wasCutShort = left.length > 0
  }

  /** Predicts the window of a turn and writes what it keeps into the stage's canvas. */
  private async take({ pass, remaskCount, step, stepCount }: Turn): Promise<void> {
    const canvas = this.canvases[pass.stage]!
    const grid = readWindow(canvas, pass.window)
    const terms = guidedTerms(
      this.setting.conditionings.get(pass.prompt)!,
      this.setting.conditionings.get(pass.negativePrompt)!,
      guidanceScaleAt(pass.guidance, step, stepCount),
    )
    const logits = await this.setting.transformers[pass.stage]!.predict(grid, terms, { ...this.contextOf(pass), stepsLeft: stepCount - 1 - step })
    const { temperature, topK } = pass
    const choiceTemperature = annealChoiceTemperature(pass.choiceTemperature, step, stepCount)
    const options = { temperature, topK, choiceTemperature, remaskCount }
    const { tokens, guess } = decodeStep(grid.tokens, logits, options, this.random)
    writeWindow(canvas, pass.window, tokens)
    writeWindow(this.guesses[pass.stage]!, pass.window, guess)
  }

  /** A later stage sees the coarser tokens of the same part of the picture. */
  private contextOf({ stage, window }: Pass): StageContext {
    const { rows: canvasRows, columns: canvasColumns } = this.canvases[stage]!
    const placement = { canvasRows, canvasColumns, row: window.row, column: window.column }
    if (stage === 0) return { placement }
    const coarser = this.canvases[stage - 1]!
    return { placement, coarser: readWindow(coarser, stageWindow(window, this.canvases[stage]!, coarser)) }
  }
}

/** All turns of a plan. The counts are known beforehand: which tokens a pass reveals depends on chance, how many does not. */
function planTurns({ plan, canvases }: RunSetting): Turn[] {
  const unseen = canvases.map(copyGrid)
  const turns = plan.passes.flatMap((pass) => {
    const counts = remaskCounts(pass.schedule, revealWindow(unseen[pass.stage]!, pass.window), pass.stepCount)
    return counts.map((remaskCount, step) => ({ pass, remaskCount, step, stepCount: counts.length }))
  })
  if (turns.length === 0) throw new RangeError('the plan forgets no token')
  if (unseen.at(-1)!.tokens.includes(MASK_TOKEN)) throw new RangeError('no pass of the plan predicts some masked token')
  return turns
}

/** How many tokens of a window are masked. Marks them as known, as a pass over it will leave them. */
function revealWindow(canvas: TokenGrid, window: TokenWindow): number {
  const { tokens } = readWindow(canvas, window)
  writeWindow(canvas, window, tokens.map((token) => (token === MASK_TOKEN ? 0 : token)))
  return maskedPositions(tokens).length
}

function copyGrid({ rows, columns, tokens }: TokenGrid): TokenGrid {
  return { rows, columns, tokens: tokens.slice() }
}
