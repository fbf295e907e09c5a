import { describe, expect, it } from 'vitest'
import { accept, BOUNDS, frame, openPicture, rectangle, run } from '../document-examples.ts'
import { EMPTY_DOCUMENT } from '../document.ts'
import { findMaskBounds } from '../mask-occupancy.ts'
import { NO_TILES } from '../mask-tiles.ts'
import { applyCommand, type DocumentCommand } from './commands.ts'

const apply = (...commands: readonly DocumentCommand[]) =>
  commands.reduce((state, command) => applyCommand(state, command, { getMaskTiles: () => NO_TILES }), EMPTY_DOCUMENT)
const TWICE = { x: BOUNDS.x * 2, y: BOUNDS.y * 2, width: BOUNDS.width * 2, height: BOUNDS.height * 2 }
const MASK = { x: 20, y: 30, width: 40, height: 50 }
const FRAME = { x: -64, y: 0, width: BOUNDS.width + 64, height: BOUNDS.height }

describe('accepting an enlarged picture', () => {
  it('enlarges mask and frame with it', () => {
    const { bounds, pixelMask, frame: grown } = apply(openPicture(), rectangle(MASK), frame(FRAME), run(), accept('job', TWICE))
    expect(bounds).toEqual(TWICE)
    expect(findMaskBounds(pixelMask.tiles)).toEqual({ x: 40, y: 60, width: 80, height: 100 })
    expect(grown).toEqual({ x: -128, y: 0, width: (BOUNDS.width + 64) * 2, height: TWICE.height })
  })

  it('enlarges the last mask too, which can be brought back', () => {
    const cleared: DocumentCommand[] = [openPicture(), rectangle(MASK), { type: 'clear-mask' }, run(), accept('job', TWICE), { type: 'restore-mask' }]
    expect(findMaskBounds(apply(...cleared).pixelMask.tiles)).toEqual({ x: 40, y: 60, width: 80, height: 100 })
  })

  it('leaves mask and frame of a picture that only grew', () => {
    const extended = { ...BOUNDS, width: BOUNDS.width + 64 }
    const { pixelMask } = apply(openPicture(), run(), rectangle(MASK), accept('job', extended))
    expect(findMaskBounds(pixelMask.tiles)).toEqual(MASK)
  })
})
