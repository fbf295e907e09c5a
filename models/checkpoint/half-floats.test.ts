import { describe, expect, it } from 'vitest'
import { widenBrainFloats, widenHalfFloats } from './half-floats.ts'

describe('widenHalfFloats', () => {
  it.each([
    ['one', 0x3c00, 1],
    ['a negative number', 0xc580, -5.5],
    ['the largest', 0x7bff, 65504],
    ['the smallest subnormal', 0x0001, 2 ** -24],
    ['the largest subnormal', 0x03ff, 1023 * 2 ** -24],
    ['infinity', 0xfc00, -Infinity],
  ])('reads %s', (_, bits, value) => {
    expect(widenHalfFloats(Uint16Array.of(bits))[0]).toBe(value)
  })

  it('keeps the sign of zero and what is not a number', () => {
    const [zero, nan] = widenHalfFloats(Uint16Array.of(0x8000, 0x7e01))
    expect(Object.is(zero, -0)).toBe(true)
    expect(nan).toBeNaN()
  })
})

describe('widenBrainFloats', () => {
  it('is the upper half of a float32', () => {
    expect([...widenBrainFloats(Uint16Array.of(0x3f80, 0xc0b0, 0x7f80))]).toEqual([1, -5.5, Infinity])
  })
})
