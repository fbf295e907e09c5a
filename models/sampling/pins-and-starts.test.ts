import { describe, expect, it } from 'vitest'
import { MASK_TOKEN, type MaskedTransformer } from '../runtime/masked-transformer.ts'
import { CandidateRun, type RunSetting } from './candidate-run.ts'
import type { EditPlan, Pass, RemaskRule, TokenPin } from './edit-plan.ts'
import { runPasses } from './run-passes.ts'

const CODEBOOK_SIZE = 8
const SIDE = 4

/** Every masked token's logits depend on where it is and on its neighbours, by formula. */
const transformer: MaskedTransformer = {
  codebookSize: CODEBOOK_SIZE,
  async predict({ tokens }) {
    const logits: number[] = []
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i] !== MASK_TOKEN) continue
      const neighbours = (tokens[i - 1] ?? 0) + (tokens[i + 1] ?? 0)
      for (let code = 0; code < CODEBOOK_SIZE; code++) logits.push(2 * Math.sin(i + 1.7 * code + 0.3 * neighbours))
    }
    return Float32Array.from(logits)
  },
}

const pass = (remaskRule: RemaskRule, stepCount: number): Pass => ({
  stage: 0,
  window: { row: 0, column: 0, rows: SIDE, columns: SIDE },
  remaskRule, stepCount,
  schedule: 'cosine', prompt: '', negativePrompt: '', guidance: { scale: 1, ramp: 'constant' },
  temperature: 1, choiceTemperature: 2, topK: null,
})

function setting(change: Partial<EditPlan> = {}, rule: RemaskRule = { kind: 'given' }, stepCount = 6): RunSetting {
  const tokens = new Int32Array(SIDE * SIDE).fill(rule.kind === 'given' ? MASK_TOKEN : 3)
  tokens[0] = 5
  const tokenMask = Uint8Array.from(tokens, (_, i) => Number(i > 0))
  const plan: EditPlan = { rows: SIDE, columns: SIDE, tokenMask, passes: [pass(rule, stepCount)], ...change }
  const conditionings = new Map([['', { tensors: {} }]])
  return { plan, transformers: [transformer], canvases: [{ rows: SIDE, columns: SIDE, tokens }], conditionings }
}

/** @param pinAt  pins that come in while the run goes on: asked with the steps taken so far. */
async function draw(of: RunSetting, pinAt: (step: number) => readonly Omit<TokenPin, 'step'>[] = () => []) {
  let last: CandidateRun | undefined
  const trail: { guess: Int32Array; kept: Int32Array }[] = []
  const steps = runPasses({ setting: of, seeds: [1], readCommand: () => 'go-on', takePins: () => pinAt(trail.length) })
  for await (const { run } of steps) {
    trail.push(run.trailStep)
    last = run
  }
  return { tokens: [...last!.tokens.tokens], pins: last!.pins, trail, stepCount: last!.stepCount }
}

describe('pins', () => {
  const pins = [{ position: 5, token: 7, step: 0 }, { position: 6, token: 6, step: 0 }]

  it('stay, and the run is drawn around them', async () => {
    const { tokens, pins: kept } = await draw(setting({ pins }))
    expect([tokens[5], tokens[6]]).toEqual([7, 6])
    expect(tokens).not.toContain(MASK_TOKEN)
    expect(kept).toEqual(pins)
  })

  it('outside of what may change do nothing', async () => {
    const { tokens, pins: kept } = await draw(setting({ pins: [{ position: 0, token: 7, step: 0 }] }))
    expect(tokens[0]).toBe(5)
    expect(kept).toEqual([])
  })

  it('set while the run goes on are part of how it can be made again', async () => {
    const live = await draw(setting(), (step) => (step === 2 ? [{ position: 9, token: 4 }] : []))
    expect(live.tokens[9]).toBe(4)
    expect(live.pins).toEqual([{ position: 9, token: 4, step: 2 }])
    const again = await draw(setting({ pins: live.pins }))
    expect(again.tokens).toEqual(live.tokens)
  })

  it('are not masked again by rules that mask known tokens', async () => {
    for (const rule of [{ kind: 'random-share', share: 0.5 }, { kind: 'stretch', from: 0, to: 1 }] as const) {
      const { tokens } = await draw(setting({ pins }, rule))
      expect([tokens[5], tokens[6]]).toEqual([7, 6])
    }
  })

  it('of nearly everything leave a step for the rest', async () => {
    const all = Array.from({ length: 14 }, (_, i) => ({ position: i + 2, token: 1, step: 0 }))
    const { tokens, stepCount } = await draw(setting({ pins: all }))
    expect(stepCount).toBe(1)
    expect(tokens.slice(2)).toEqual(Array(14).fill(1))
  })

  it('that come until nothing is masked leave the steps that are left nothing to do', async () => {
    const rest = Array.from({ length: 15 }, (_, i) => ({ position: i + 1, token: 2 }))
    const { tokens, stepCount, trail } = await draw(setting(), (step) => (step === 1 ? rest : []))
    expect(trail).toHaveLength(stepCount)
    expect(tokens.slice(1)).toEqual(Array(15).fill(2))
  })
})

describe('a run that goes on from a step of an earlier one', () => {
  it('takes the steps that were left, and keeps what was kept', async () => {
    const first = await draw(setting())
    const step = 3
    const { kept } = first.trail[step - 1]!
    const { tokens, stepCount } = await draw(setting({ start: { tokens: kept, step } }))
    expect(stepCount).toBe(first.stepCount - step)
    for (let i = 0; i < kept.length; i++) if (kept[i] !== MASK_TOKEN) expect(tokens[i]).toBe(kept[i])
    expect(tokens).not.toContain(MASK_TOKEN)
  })

  it('has a step to take even from the end', async () => {
    const first = await draw(setting())
    const { stepCount, tokens } = await draw(setting({ start: { tokens: first.trail.at(-1)!.kept, step: 99 } }))
    expect(stepCount).toBe(1)
    expect(tokens).toEqual(first.tokens)
  })

  it('settles only what is masked where no step counts as taken', async () => {
    const first = await draw(setting())
    const start = Int32Array.from(first.tokens)
    start[6] = start[7] = MASK_TOKEN
    const { tokens, stepCount } = await draw(setting({ start: { tokens: start, step: 0 } }, { kind: 'given' }, 2))
    expect(stepCount).toBe(2)
    expect(tokens.filter((_, i) => i !== 6 && i !== 7)).toEqual(first.tokens.filter((_, i) => i !== 6 && i !== 7))
    expect(tokens).not.toContain(MASK_TOKEN)
  })
})

describe('the trail', () => {
  it('holds at every step the whole guess, and what was kept of it', async () => {
    const { trail, tokens } = await draw(setting())
    for (const { guess, kept } of trail) {
      expect([...guess]).not.toContain(MASK_TOKEN)
      for (let i = 0; i < kept.length; i++) if (kept[i] !== MASK_TOKEN) expect(kept[i]).toBe(guess[i])
    }
    expect([...trail.at(-1)!.kept]).toEqual(tokens)
  })
})
