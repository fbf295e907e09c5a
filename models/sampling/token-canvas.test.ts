import { describe, expect, it } from 'vitest'
import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import { maskTokens, projectTokenMask, readWindow, stageWindow, writeWindow } from './token-canvas.ts'

/** Tokens 0–11 on 3 × 4. */
const canvas = () => ({ rows: 3, columns: 4, tokens: Int32Array.from({ length: 12 }, (_, i) => i) })
const window = { row: 1, column: 2, rows: 2, columns: 2 }

describe('a window of a token canvas', () => {
  it('reads what lies under it', () => {
    expect(readWindow(canvas(), window)).toEqual({ rows: 2, columns: 2, tokens: Int32Array.of(6, 7, 10, 11) })
  })

  it('writes only what lies under it', () => {
    const written = canvas()
    writeWindow(written, window, Int32Array.of(60, 70, 100, 110))
    expect(written.tokens).toEqual(Int32Array.of(0, 1, 2, 3, 4, 5, 60, 70, 8, 9, 100, 110))
  })

  it('covers the same part of the picture on a coarser stage', () => {
    const fine = { rows: 8, columns: 16, tokens: new Int32Array(128) }
    const coarse = { rows: 4, columns: 8, tokens: new Int32Array(32) }
    expect(stageWindow({ row: 2, column: 4, rows: 4, columns: 8 }, fine, coarse)).toEqual({
      row: 1, column: 2, rows: 2, columns: 4,
    })
  })
})

describe('a token mask', () => {
  it('forgets a coarse token that touches one forgotten fine token', () => {
    const fine = new Uint8Array(16)
    fine[5] = 1
    expect(projectTokenMask(fine, { rows: 4, columns: 4 }, { rows: 2, columns: 2 })).toEqual(Uint8Array.of(1, 0, 0, 0))
  })

  it('forgets all fine tokens under a forgotten coarse one', () => {
    const fine = projectTokenMask(Uint8Array.of(0, 1), { rows: 1, columns: 2 }, { rows: 2, columns: 4 })
    expect(fine).toEqual(Uint8Array.of(0, 0, 1, 1, 0, 0, 1, 1))
  })

  it('replaces what it forgets and keeps the rest', () => {
    const grid = { rows: 1, columns: 3, tokens: Int32Array.of(4, 5, 6) }
    expect(maskTokens(grid, Uint8Array.of(0, 1, 0)).tokens).toEqual(Int32Array.of(4, MASK_TOKEN, 6))
  })
})
