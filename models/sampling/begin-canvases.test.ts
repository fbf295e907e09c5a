import { describe, expect, it } from 'vitest'
import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import { beginCanvases, joinTokens } from './begin-canvases.ts'
import type { EditPlan } from './edit-plan.ts'

const M = MASK_TOKEN
const grid = (rows: number, columns: number, ...tokens: number[]) => ({ rows, columns, tokens: Int32Array.from(tokens) })
const plan = (change: Partial<EditPlan> = {}): EditPlan => ({
  rows: 2, columns: 2, tokenMask: Uint8Array.of(0, 1, 1, 1), passes: [], ...change,
})
const tokensOf = (canvases: readonly { tokens: Int32Array }[]) => canvases.map(({ tokens }) => [...tokens])

describe('the canvases a run begins with', () => {
  it('are copies of the picture’s where nothing else is asked', () => {
    const canvas = grid(2, 2, 5, M, M, M)
    const [begun] = beginCanvases(plan(), [canvas])
    expect(begun).toEqual(canvas)
    begun!.tokens[1] = 3
    expect(canvas.tokens[1]).toBe(M)
  })

  it('take the start wherever tokens may change, and nowhere else', () => {
    const start = { tokens: Int32Array.of(9, 1, M, 2), step: 3 }
    expect(tokensOf(beginCanvases(plan({ start }), [grid(2, 2, 5, M, M, M)]))).toEqual([[5, 1, M, 2]])
  })

  it('take each stage’s part of the start', () => {
    const start = { tokens: Int32Array.of(7, 9, 1, 2, 3), step: 0 }
    expect(tokensOf(beginCanvases(plan({ start }), [grid(1, 1, M), grid(2, 2, 5, M, M, M)]))).toEqual([[7], [5, 1, 2, 3]])
  })

  it('know what is pinned from the beginning, over the start, where it may change', () => {
    const pins = [{ position: 0, token: 4, step: 0 }, { position: 1, token: 4, step: 0 }, { position: 2, token: 4, step: 2 }]
    const start = { tokens: Int32Array.of(9, 1, M, M), step: 0 }
    expect(tokensOf(beginCanvases(plan({ start, pins }), [grid(2, 2, 5, M, M, M)]))).toEqual([[5, 4, M, M]])
  })

  it('refuse a start of another size', () => {
    const start = { tokens: Int32Array.of(1), step: 0 }
    expect(() => beginCanvases(plan({ start }), [grid(2, 2, 5, M, M, M)])).toThrow(RangeError)
  })

  it('are written one after another', () => {
    expect([...joinTokens([grid(1, 1, 7), grid(1, 2, 8, 9)])]).toEqual([7, 8, 9])
  })
})
