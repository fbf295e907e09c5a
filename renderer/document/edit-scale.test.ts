import { describe, expect, it } from 'vitest'
import type { PixelRect } from '../../electron/api/geometry.ts'
import { findEditScale } from './edit-scale.ts'
import type { EditCanvas } from './which-edit.ts'

const GEOMETRY = { downsampleFactor: 8, gridRows: 16, gridColumns: 16 }
const BOUNDS = { x: 0, y: 0, width: 3000, height: 2000 }
const PHOTO: EditCanvas = { origin: 'opened', bounds: BOUNDS, maskBounds: null, frame: null }

const painted = (width: number, height: number): EditCanvas => ({ ...PHOTO, maskBounds: { x: 1000, y: 800, width, height } })
const framed = (does: 'extend' | 'crop', rect: PixelRect): EditCanvas => ({ ...PHOTO, frame: { does, rect, sides: [] } })

describe('how coarse the new part of a picture is', () => {
  it('is as fine as the picture where the mask and its surroundings fit the model', () => {
    expect(findEditScale('repaint', painted(40, 40), GEOMETRY)).toBe(1)
  })

  it('is coarser the larger the mask', () => {
    const small = findEditScale('repaint', painted(200, 100), GEOMETRY)
    expect(small).toBeGreaterThan(2)
    expect(findEditScale('repaint', painted(1000, 500), GEOMETRY)).toBeGreaterThan(4 * small)
  })

  it('is coarsest where all of the picture is drawn anew', () => {
    expect(findEditScale('retouch', PHOTO, GEOMETRY)).toBeGreaterThan(findEditScale('retouch', painted(200, 100), GEOMETRY))
  })

  it('follows the shorter side of the picture where it is extended', () => {
    expect(findEditScale('extend', framed('extend', { ...BOUNDS, width: 3200 }), GEOMETRY)).toBe(2000 / 16 / 8)
  })

  it('is as fine as the picture with Detail, and coarser with more surroundings', () => {
    expect(findEditScale('repaint', painted(1000, 500), GEOMETRY, { isDetailed: true })).toBe(1)
    const wide = findEditScale('repaint', painted(200, 100), GEOMETRY, { surroundings: 2 })
    expect(wide).toBeGreaterThan(findEditScale('repaint', painted(200, 100), GEOMETRY))
  })

  it('is that of the whole picture where all around the mask is drawn', () => {
    expect(findEditScale('replace-background', painted(40, 40), GEOMETRY)).toBe(findEditScale('retouch', PHOTO, GEOMETRY))
  })

  it('costs no detail to create or to crop', () => {
    expect(findEditScale('create', { ...PHOTO, bounds: null }, GEOMETRY)).toBe(1)
    expect(findEditScale('crop', framed('crop', BOUNDS), GEOMETRY)).toBe(1)
  })
})
