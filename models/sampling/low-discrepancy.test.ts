import { describe, expect, it } from 'vitest'
import { lowDiscrepancyOrder, shiftOrder, takeStretch } from './low-discrepancy.ts'

describe('lowDiscrepancyOrder', () => {
  it('begins with the Halton points of bases 2 and 3', () => {
    // Down 1/2, 1/4, 3/4, 1/8, 5/8; across 1/3, 2/3, 1/9, 4/9, 7/9.
    const cells = [...lowDiscrepancyOrder(4, 4).subarray(0, 5)].map((position) => [Math.floor(position / 4), position % 4])
    expect(cells).toEqual([[2, 1], [1, 2], [3, 0], [0, 1], [2, 3]])
  })

  it.each([[1, 1], [1, 7], [16, 16], [5, 3], [64, 64], [100, 37]])('visits each cell of %i × %i once', (rows, columns) => {
    const sorted = lowDiscrepancyOrder(rows, columns).toSorted()
    expect(sorted).toEqual(Uint32Array.from({ length: rows * columns }, (_, i) => i))
  })

  it('spreads every run over the grid: each quarter of the order has its share of each quarter of the grid', () => {
    const order = lowDiscrepancyOrder(16, 16)
    for (let run = 0; run < 4; run++) {
      const counts = [0, 0, 0, 0]
      for (const position of order.subarray(run * 64, (run + 1) * 64)) {
        counts[2 * Math.floor(position / 128) + Math.floor((position % 16) / 8)]!++
      }
      // By chance alone one would be outside 12–20 in every other run of four.
      for (const count of counts) expect(Math.abs(count - 16)).toBeLessThanOrEqual(4)
    }
  })
})

it('a shift turns the order round', () => {
  expect([...shiftOrder(Uint32Array.of(5, 6, 7, 8), 1)]).toEqual([6, 7, 8, 5])
  expect([...shiftOrder(Uint32Array.of(5, 6, 7, 8), 6)]).toEqual([7, 8, 5, 6])
})

it.each([[1, 3], [3, 3], [10, 3], [256, 8], [7, 10]])('stretches of %i positions in %i parts are complementary', (length, count) => {
  const order = Uint32Array.from({ length }, (_, i) => i)
  const parts = Array.from({ length: count }, (_, k) => [...takeStretch(order, k / count, (k + 1) / count)])
  expect(parts.flat()).toEqual([...order])
  expect(parts[0]!.length).toBeGreaterThan(0)
  const sizes = parts.map((part) => part.length)
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
})
