import { expect, it } from 'vitest'
import { widenMask } from './edge-band.ts'

const row = (...strengths: number[]) => Uint8Array.from(strengths)

it('fades a hard edge out over the band, on both sides', () => {
  expect([...widenMask(row(0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0), 11, 5)]).toEqual([0, 51, 102, 153, 204, 255, 204, 153, 102, 51, 0])
})

it('leaves what is masked as it is, and an edge that is soft enough', () => {
  const soft = row(255, 200, 150, 100, 50, 0, 0)
  expect(widenMask(soft, 7, 5)).toEqual(row(255, 204, 153, 102, 51, 0, 0))
  expect(widenMask(soft, 7, 4)).toEqual(soft)
})

it('is as wide at a corner as beside it, but for a twelfth', () => {
  const side = 41
  const mask = new Uint8Array(side * side)
  mask[20 * side + 20] = 255
  const widened = widenMask(mask, side, 16)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const straight = Math.max(0, 255 - (255 / 16) * Math.hypot(x - 20, y - 20))
      expect(Math.abs(widened[y * side + x]! - straight)).toBeLessThanOrEqual(255 / 12)
    }
  }
})

it.each([[0, 'no band'], [1, 'a band of a pixel']])('with %i pixels, %s, is the mask itself', (band) => {
  expect(widenMask(row(0, 255, 0), 3, band)).toEqual(row(0, 255, 0))
})

it.each([0, 255])('a mask that is %i everywhere has no edge', (strength) => {
  expect(widenMask(new Uint8Array(12).fill(strength), 4, 3)).toEqual(new Uint8Array(12).fill(strength))
})
