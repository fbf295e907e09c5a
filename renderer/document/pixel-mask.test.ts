import { describe, expect, it } from 'vitest'
import { MaskMemory } from './mask-memory.ts'
import { drawRectangle } from './mask-shapes.ts'
import { areMasksEqual, NO_TILES, TILE_BYTES } from './mask-tiles.ts'
import { PixelMask } from './pixel-mask.ts'

const BOUNDS = { x: 0, y: 0, width: 4096, height: 256 }

/** A chain of masks, each with one more square, and how often a square was drawn. */
function chain(count: number) {
  const drawn = { count: 0 }
  const masks: PixelMask[] = []
  let mask = PixelMask.EMPTY
  for (let i = 0; i < count; i++) {
    mask = mask.then((tiles) => {
      drawn.count++
      return drawRectangle(tiles, BOUNDS, { x: (i % 16) * 256 + i, y: 0, width: 10, height: 10 }, false)
    })
    masks.push(mask)
  }
  return { masks, drawn }
}

describe('pixel mask', () => {
  it('is drawn when looked at, and once', () => {
    const { masks, drawn } = chain(5)
    expect(drawn.count).toBe(0)
    expect(masks[4]?.isEmpty).toBe(false)
    void masks[4]?.tiles
    void masks[3]?.tiles
    expect(drawn.count).toBe(5)
  })

  it('of ten thousand strokes neither overflows the stack nor is drawn where it was cleared since', () => {
    const { masks, drawn } = chain(10_000)
    const cleared = PixelMask.EMPTY.then((tiles) => drawRectangle(tiles, BOUNDS, { x: 0, y: 0, width: 9, height: 9 }, false))
    expect(cleared.tiles.size).toBe(1)
    expect(drawn.count).toBe(0)
    expect(masks.at(-1)?.tiles.size).toBeGreaterThan(0)
  })

  it('is the same when drawn again after it was forgotten', () => {
    const { masks } = chain(40)
    const before = masks[37]?.tiles
    masks.forEach((mask) => mask.forget())
    expect(masks[37]?.isDrawn).toBe(false)
    expect(areMasksEqual(masks[37]?.tiles ?? NO_TILES, before ?? NO_TILES)).toBe(true)
  })

  it('forgets what is farthest from the shown one when memory is short, but for checkpoints', () => {
    const { masks } = chain(64)
    masks.forEach((mask) => mask.tiles)
    const nearestFirst = masks.toReversed()
    const memory = new MaskMemory()
    memory.noteDrawn(NO_TILES, masks.at(-1)?.tiles ?? NO_TILES)
    memory.trim(() => nearestFirst, 40 * TILE_BYTES, 1)
    expect(nearestFirst[0]?.isDrawn).toBe(true)
    expect(nearestFirst[1]?.isDrawn).toBe(true)
    expect(masks[1]?.isDrawn).toBe(false)
    const kept = masks.filter((mask) => mask.isDrawn)
    expect(kept.length).toBeGreaterThan(5)
    expect(new Set(kept.flatMap((mask) => [...mask.tiles.values()])).size).toBeLessThanOrEqual(40)
  })
})
