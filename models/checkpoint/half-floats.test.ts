import { describe, expect, it } from 'vitest'
import { narrowToHalfFloats, widenBrainFloats, widenHalfFloats } from './half-floats.ts'

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

describe('narrowToHalfFloats', () => {
  it('gives every half float back', () => {
    const bits = Uint16Array.from({ length: 0x1_0000 }, (_, i) => i).filter((half) => (half & 0x7fff) <= 0x7c00)
    expect(narrowToHalfFloats(widenHalfFloats(bits))).toEqual(bits)
  })

  it.each([
    ['halfway to the next', 1 + 2 ** -11, 0x3c00],
    ['halfway from an odd one', 1 + 3 * 2 ** -11, 0x3c02],
    ['above halfway', 1 + 2 ** -11 + 2 ** -20, 0x3c01],
    ['up into the next power', 1.9999, 0x4000],
    ['beyond the largest', 65520, 0x7c00],
    ['far beyond', -1e10, 0xfc00],
    ['half of the smallest', 2 ** -25, 0],
    ['more than half of it', 1.5 * 2 ** -25, 1],
    ['next to nothing', 1e-30, 0],
  ])('rounds %s', (_, value, bits) => {
    expect(narrowToHalfFloats(Float32Array.of(value))[0]).toBe(bits)
  })

  it('keeps what is not a number', () => {
    expect(widenHalfFloats(narrowToHalfFloats(Float32Array.of(NaN)))[0]).toBeNaN()
  })
})
