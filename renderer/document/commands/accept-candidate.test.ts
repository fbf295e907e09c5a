import { describe, expect, it } from 'vitest'
import { editRequestSchema } from '../../../electron/api/edits.ts'
import { accept, BOUNDS, frame, imageId, openPicture, rectangle, run } from '../document-examples.ts'
import { EMPTY_DOCUMENT } from '../document.ts'
import { findMaskBounds } from '../mask-occupancy.ts'
import { NO_TILES } from '../mask-tiles.ts'
import { applyCommand, type DocumentCommand } from './commands.ts'

const apply = (...commands: readonly DocumentCommand[]) =>
  commands.reduce((state, command) => applyCommand(state, command, { getMaskTiles: () => NO_TILES }), EMPTY_DOCUMENT)
const TWICE = { x: BOUNDS.x * 2, y: BOUNDS.y * 2, width: BOUNDS.width * 2, height: BOUNDS.height * 2 }
const MASK = { x: 20, y: 30, width: 40, height: 50 }
const FRAME = { x: -64, y: 0, width: BOUNDS.width + 64, height: BOUNDS.height }
const acceptEnlarged = () => accept('job', TWICE, 'b', editRequestSchema.parse({ kind: 'upscale', image: imageId('a') }))

describe('accepting an enlarged picture', () => {
  it('enlarges mask and frame with it', () => {
    const { bounds, pixelMask, frame: grown } = apply(openPicture(), rectangle(MASK), frame(FRAME), run(), acceptEnlarged())
    expect(bounds).toEqual(TWICE)
    expect(findMaskBounds(pixelMask.tiles)).toEqual({ x: 40, y: 60, width: 80, height: 100 })
    expect(grown).toEqual({ x: -128, y: 0, width: (BOUNDS.width + 64) * 2, height: TWICE.height })
  })

  it('enlarges the last mask too, which can be brought back', () => {
    const cleared: DocumentCommand[] = [openPicture(), rectangle(MASK), { type: 'clear-mask' }, run(), acceptEnlarged(), { type: 'restore-mask' }]
    expect(findMaskBounds(apply(...cleared).pixelMask.tiles)).toEqual({ x: 40, y: 60, width: 80, height: 100 })
  })

  it('keeps count of how much larger it is than it was', () => {
    expect(apply(openPicture()).enlargement).toBe(1)
    expect(apply(openPicture(), run(), acceptEnlarged()).enlargement).toBe(2)
  })

  it('is not what an extension to twice the size is: its mask and frame are used up', () => {
    const { enlargement, pixelMask, frame: left } = apply(openPicture(), rectangle(MASK), frame(TWICE), run(), accept('job', TWICE))
    expect([enlargement, left, pixelMask.isEmpty]).toEqual([1, null, true])
  })

  it('leaves mask and frame of a picture that only grew', () => {
    const extended = { ...BOUNDS, width: BOUNDS.width + 64 }
    const { pixelMask } = apply(openPicture(), run(), rectangle(MASK), accept('job', extended))
    expect(findMaskBounds(pixelMask.tiles)).toEqual(MASK)
  })
})
