import { describe, expect, it } from 'vitest'
import { findEditScale } from './edit-scale.ts'

const GEOMETRY = { downsampleFactor: 8, gridRows: 16, gridColumns: 16 }
const PHOTO = { x: 0, y: 0, width: 3000, height: 2000 }

const repaint = (width: number, height: number) =>
  ({ kind: 'repaint', reason: 'mask-painted', maskBounds: { x: 1000, y: 800, width, height } }) as const

describe('how coarse the new part of a picture is', () => {
  it('is as fine as the picture where the mask and its surroundings fit the model', () => {
    expect(findEditScale(repaint(40, 40), PHOTO, GEOMETRY)).toBe(1)
  })

  it('is coarser the larger the mask', () => {
    const small = findEditScale(repaint(200, 100), PHOTO, GEOMETRY)
    expect(small).toBeGreaterThan(2)
    expect(findEditScale(repaint(1000, 500), PHOTO, GEOMETRY)).toBeGreaterThan(4 * small)
  })

  it('follows the shorter side of the picture where it is extended', () => {
    const edit = { kind: 'extend', reason: 'frame-beyond', frame: { ...PHOTO, width: 3200 }, maskBounds: null } as const
    expect(findEditScale(edit, PHOTO, GEOMETRY)).toBe(2000 / 16 / 8)
  })

  it('costs no detail to create or to crop', () => {
    expect(findEditScale({ kind: 'create', reason: 'document-empty' }, null, GEOMETRY)).toBe(1)
    expect(findEditScale({ kind: 'crop', reason: 'frame-inside', frame: PHOTO }, PHOTO, GEOMETRY)).toBe(1)
  })
})
