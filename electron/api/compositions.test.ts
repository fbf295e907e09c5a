import { describe, expect, it } from 'vitest'
import { findJoin } from './compositions.ts'

const GRID = { rows: 4, columns: 6, tokenMask: new Uint8Array(24).fill(1) }
const rightHalf = Uint8Array.from({ length: 24 }, (_, i) => (i % 6 >= 3 ? 1 : 0))

describe('the join of candidates', () => {
  it('is one cell on each side of where they meet, and at corners', () => {
    expect([...findJoin(GRID, rightHalf).subarray(6, 12)]).toEqual([0, 0, 1, 1, 0, 0])
    const corner = findJoin(GRID, Uint8Array.from({ length: 24 }, (_, i) => (i === 0 ? 1 : 0)))
    expect([...corner].flatMap((on, i) => (on ? [i] : []))).toEqual([0, 1, 6, 7])
  })

  it('is nowhere where one side may not change', () => {
    expect([...findJoin({ ...GRID, tokenMask: Uint8Array.from(rightHalf) }, rightHalf)]).toEqual(new Array(24).fill(0))
  })

  it('is nowhere in one candidate alone', () => {
    expect([...findJoin(GRID, new Uint8Array(24))]).toEqual(new Array(24).fill(0))
  })
})
