import { describe, expect, it } from 'vitest'
import { spreadSmoothly } from './membrane.ts'

const noWait = async () => {}

async function spread(width: number, height: number, given: (x: number, y: number) => number | undefined) {
  const values = new Float32Array(width * height)
  const isGiven = new Uint8Array(width * height)
  for (let i = 0; i < values.length; i++) {
    const value = given(i % width, Math.floor(i / width))
    if (value === undefined) continue
    values[i] = value
    isGiven[i] = 1
  }
  await spreadSmoothly({ width, height, values, isGiven }, noWait)
  return (x: number, y: number) => values[y * width + x]!
}

describe('a membrane', () => {
  it('keeps what is given and is flat where all that is given is the same', async () => {
    const at = await spread(50, 37, (x, y) => (x === 0 || y === 36 ? 12 : undefined))
    for (let y = 0; y < 37; y++) for (let x = 0; x < 50; x++) expect(at(x, y)).toBeCloseTo(12, 3)
  })

  it('is a straight slope between two given edges', async () => {
    const at = await spread(65, 65, (x) => (x === 0 ? 0 : x === 64 ? 64 : undefined))
    for (const x of [8, 20, 32, 50]) expect(Math.abs(at(x, 30) - x)).toBeLessThan(0.04 * 64)
  })

  it('has no value outside the range of what is given', async () => {
    const at = await spread(40, 40, (x, y) => (x === 0 || y === 0 || x === 39 || y === 39 ? (x * 7 + y * 13) % 50 : undefined))
    for (let y = 0; y < 40; y++) {
      for (let x = 0; x < 40; x++) {
        expect(at(x, y)).toBeGreaterThanOrEqual(0)
        expect(at(x, y)).toBeLessThanOrEqual(50)
      }
    }
  })

  it('is zero where nothing is given, and takes one pixel', async () => {
    expect((await spread(9, 5, () => undefined))(4, 2)).toBe(0)
    expect((await spread(1, 1, () => 3))(0, 0)).toBe(3)
  })
})
