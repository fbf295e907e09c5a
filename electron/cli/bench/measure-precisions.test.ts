import { describe, expect, it } from 'vitest'
import { comparePictures } from './measure-precisions.ts'

describe('how alike two pictures are', () => {
  const flat = (value: number) => ({ width: 2, height: 2, data: new Float32Array(12).fill(value) })

  it('is the signal to noise ratio of values from 0 to 1', () => {
    expect(comparePictures(flat(0.5), flat(0.6))).toBeCloseTo(20, 3)
    expect(comparePictures(flat(0), flat(1))).toBeCloseTo(0, 6)
  })

  it('has an end where they are equal', () => {
    expect(comparePictures(flat(0.3), flat(0.3))).toBe(100)
  })
})
