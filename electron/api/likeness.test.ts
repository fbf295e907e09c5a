import { describe, expect, it } from 'vitest'
import { findAlike, measureCodes } from './likeness.ts'

/** Codes on a line: 0, 1, 2, 10. */
const codebook = { width: 2, vectors: Float32Array.of(0, 0, 1, 0, 2, 0, 10, 0) }

describe('likeness', () => {
  it('is 0 for the same code and grows with the distance', () => {
    const distances = measureCodes(codebook, 0)
    expect(distances[0]).toBe(0)
    expect([...distances]).toEqual([...distances].toSorted((a, b) => a - b))
    expect(distances[2]).toBe(1)
  })

  it('at threshold 0 selects the same code alone, and more as it rises', () => {
    const tokens = Uint16Array.of(0, 1, 2, 3, 0)
    const from = [measureCodes(codebook, 0)]
    expect([...findAlike(tokens, from, 0)]).toEqual([1, 0, 0, 0, 1])
    expect([...findAlike(tokens, from, 0.6)]).toEqual([1, 1, 0, 0, 1])
    expect([...findAlike(tokens, from, 10)]).toEqual([1, 1, 1, 1, 1])
  })

  it('of several cells is what is like any of them', () => {
    const from = [measureCodes(codebook, 0), measureCodes(codebook, 3)]
    expect([...findAlike(Uint16Array.of(0, 1, 3), from, 0)]).toEqual([1, 0, 1])
  })
})
