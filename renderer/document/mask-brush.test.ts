import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { drawStroke, type MaskBrush, MaskStroke } from './mask-brush.ts'
import { drawRectangle } from './mask-shapes.ts'
import { FULL_TILE, type MaskTiles, NO_TILES, readMaskAt, readMaskRect } from './mask-tiles.ts'
import { decodeStroke, encodeStroke, quantizePoint } from './stroke-points.ts'

const BOUNDS = { x: 0, y: 0, width: 1024, height: 1024 }
const HARD: MaskBrush = { size: 40, hardness: 1, isErase: false }
const dot = (x: number, y: number, brush = HARD) => drawStroke(NO_TILES, BOUNDS, brush, [quantizePoint(x, y)])

/** Points of a stroke that wanders with changing pressure, from a fixed seed. */
function wander(count: number) {
  let seed = 7
  const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648
  let [x, y] = [300, 500]
  return Array.from({ length: count }, () => {
    x += next() * 30 - 10
    y += next() * 30 - 15
    return quantizePoint(x, y, next())
  })
}

function digest(tiles: MaskTiles): string {
  const hash = createHash('sha256')
  for (const key of [...tiles.keys()].sort()) hash.update(key).update(tiles.get(key) ?? '')
  return hash.digest('hex').slice(0, 16)
}

describe('mask brush', () => {
  it('covers a disc of its size', () => {
    const tiles = dot(100, 100)
    expect(readMaskAt(tiles, 100, 100)).toBe(255)
    expect(readMaskAt(tiles, 118, 100)).toBe(255)
    expect(readMaskAt(tiles, 121, 100)).toBe(0)
    const masked = readMaskRect(tiles, { x: 70, y: 70, width: 60, height: 60 })
    const area = masked.reduce((sum, value) => sum + value, 0) / 255
    expect(area).toBeCloseTo(Math.PI * 20 * 20, -1)
  })

  it('falls off smoothly and never rises from the middle outwards when soft', () => {
    const row = readMaskRect(dot(100, 100.5, { size: 80, hardness: 0, isErase: false }), { x: 100, y: 100, width: 60, height: 1 })
    expect(row[0]).toBe(255)
    expect([...row]).toEqual([...row].sort((a, b) => b - a))
    expect(new Set(row).size).toBeGreaterThan(25)
  })

  it('leaves no gaps however fast it is moved', () => {
    const tiles = drawStroke(NO_TILES, BOUNDS, HARD, [quantizePoint(50, 50), quantizePoint(900, 700)])
    for (let i = 0; i <= 100; i++) expect(readMaskAt(tiles, Math.floor(50 + i * 8.5), Math.floor(50 + i * 6.5))).toBe(255)
  })

  it('is not darker where a stroke crosses itself', () => {
    const soft = { size: 60, hardness: 0.2, isErase: false }
    const there = [quantizePoint(100, 300), quantizePoint(500, 300)]
    const once = drawStroke(NO_TILES, BOUNDS, soft, there)
    const twice = drawStroke(NO_TILES, BOUNDS, soft, [...there, ...there.toReversed()])
    expect(digest(twice)).toBe(digest(once))
  })

  it('erases what it painted', () => {
    const points = wander(60)
    const painted = drawStroke(NO_TILES, BOUNDS, HARD, points)
    expect(painted.size).toBeGreaterThan(0)
    const bigger = { size: 60, hardness: 1, isErase: true }
    expect(drawStroke(painted, BOUNDS, bigger, points).size).toBe(0)
  })

  it('takes its width from the pressure', () => {
    const wide = drawStroke(NO_TILES, BOUNDS, HARD, [quantizePoint(200, 200, 1)])
    const narrow = drawStroke(NO_TILES, BOUNDS, HARD, [quantizePoint(200, 200, 0.25)])
    expect(readMaskAt(wide, 215, 200)).toBe(255)
    expect(readMaskAt(narrow, 215, 200)).toBe(0)
    expect(readMaskAt(narrow, 200, 200)).toBe(255)
  })

  it('writes nothing outside the picture', () => {
    const bounds = { x: -30, y: -10, width: 100, height: 60 }
    const tiles = drawStroke(NO_TILES, bounds, { ...HARD, size: 400 }, [quantizePoint(0, 0)])
    expect(readMaskAt(tiles, -30, -10)).toBe(255)
    expect(readMaskAt(tiles, -31, 0)).toBe(0)
    expect(readMaskAt(tiles, 69, 49)).toBe(255)
    expect(readMaskAt(tiles, 70, 0)).toBe(0)
    expect(readMaskAt(tiles, 0, 50)).toBe(0)
  })

  it('leaves the mask it started from as it was, and shares tiles it did not touch', () => {
    const base = drawRectangle(NO_TILES, BOUNDS, { x: 600, y: 600, width: 50, height: 50 }, false)
    const before = digest(base)
    const after = drawStroke(base, BOUNDS, HARD, [quantizePoint(100, 100)])
    expect(digest(base)).toBe(before)
    expect(after.get('2,2')).toBe(base.get('2,2'))
  })

  it('gives back the very same mask where a stroke changes nothing', () => {
    const full = drawRectangle(NO_TILES, BOUNDS, BOUNDS, false)
    expect(drawStroke(full, BOUNDS, HARD, wander(20))).toBe(full)
    expect(drawStroke(full, BOUNDS, HARD, [quantizePoint(-500, -500)])).toBe(full)
  })

  it('makes a tile that is covered entirely the one full tile', () => {
    expect(dot(128, 128, { size: 800, hardness: 1, isErase: false }).get('0,0')).toBe(FULL_TILE)
  })

  it('draws the same bytes on every machine', () => {
    const brush = { size: 47.5, hardness: 0.35, isErase: false }
    expect(digest(drawStroke(NO_TILES, BOUNDS, brush, wander(120)))).toBe('16c9c5bad2a95f97')
  })

  it('draws live what it draws at once from the log', () => {
    const points = wander(120)
    const live = new MaskStroke(NO_TILES, BOUNDS, HARD)
    for (const point of points) live.add(point)
    const logged = JSON.parse(JSON.stringify(encodeStroke(points)))
    expect(digest(live.finish())).toBe(digest(drawStroke(NO_TILES, BOUNDS, HARD, decodeStroke(logged))))
  })

  it('says where it may have changed pixels', () => {
    const stroke = new MaskStroke(NO_TILES, BOUNDS, HARD)
    expect(stroke.add(quantizePoint(100, 100))).toEqual({ x: 79, y: 79, width: 42, height: 42 })
    expect(stroke.add(quantizePoint(-300, 100))?.x).toBe(0)
    expect(stroke.add(quantizePoint(-900, 100))).toBeUndefined()
  })
})
