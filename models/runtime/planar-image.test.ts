import { describe, expect, it } from 'vitest'
import { cutImage, measurePsnr, planarFromRgb, resizeByMeans, rgbFromPlanar } from './planar-image.ts'

const rgb = Uint8Array.from({ length: 3 * 3 * 2 }, (_, i) => i * 15)

describe('planar images', () => {
  it('come back from 8 bits unchanged', () => {
    expect(rgbFromPlanar(planarFromRgb(3, 2, rgb))).toEqual(rgb)
  })

  it('have all reds before all greens', () => {
    expect(Array.from(planarFromRgb(3, 2, rgb).data.subarray(0, 2), (v) => Math.round(v * 255))).toEqual([0, 45])
  })

  it('are clamped and rounded, not wrapped, where a decoder overshoots', () => {
    const data = Float32Array.of(-0.2, 1.3, 0.499)
    expect(rgbFromPlanar({ width: 1, height: 1, data })).toEqual(Uint8Array.of(0, 255, 127))
  })

  it('can be cut', () => {
    const cut = cutImage(planarFromRgb(3, 2, rgb), { x: 1, y: 1, width: 2, height: 1 })
    expect(rgbFromPlanar(cut)).toEqual(rgb.subarray(12, 18))
  })

  it('are made smaller and larger by means of the area a pixel covers', () => {
    const row = { width: 3, height: 1, data: Float32Array.of(0, 0.6, 0.9, 0, 0, 0, 1, 1, 1) }
    const smaller = resizeByMeans(row, 2, 1)
    expect([...smaller.data].map((value) => value.toFixed(2))).toEqual(['0.20', '0.80', '0.00', '0.00', '1.00', '1.00'])
    expect([...resizeByMeans(row, 6, 2).data.subarray(0, 6)].map((value) => value.toFixed(2))).toEqual(['0.00', '0.00', '0.60', '0.60', '0.90', '0.90'])
  })
})

describe('how alike two pictures are', () => {
  const flat = (value: number) => ({ width: 2, height: 2, data: new Float32Array(12).fill(value) })

  it('is the signal to noise ratio of values from 0 to 1', () => {
    expect(measurePsnr(flat(0.5), flat(0.6))).toBeCloseTo(20, 3)
    expect(measurePsnr(flat(0), flat(1))).toBeCloseTo(0, 6)
  })

  it('has an end where they are equal', () => {
    expect(measurePsnr(flat(0.3), flat(0.3))).toBe(100)
  })
})
