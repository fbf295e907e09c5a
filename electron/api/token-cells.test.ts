import { describe, expect, it } from 'vitest'
import { containsRect, intersectRects, type PixelRect } from './geometry.ts'
import { cellRect, cellUnder, cropAround, cropForExtension, cropRect, findTouchedCells, type CellGeometry, type Crop } from './token-cells.ts'

const SMALL_MODEL: CellGeometry = { downsampleFactor: 8, gridRows: 16, gridColumns: 16 }
const WIDE_MODEL: CellGeometry = { downsampleFactor: 16, gridRows: 16, gridColumns: 32 }

const rect = (x: number, y: number, width: number, height: number): PixelRect => ({ x, y, width, height })

/** A repeatable stream of whole numbers in [low, high]. */
function createDice(seed: number) {
  let state = seed
  return (low: number, high: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return low + Math.floor((state / 2 ** 32) * (high - low + 1))
  }
}

function expectSound(crop: Crop, { downsampleFactor }: CellGeometry) {
  expect(Number.isInteger(crop.cellSize)).toBe(true)
  expect(crop.cellSize).toBeGreaterThanOrEqual(downsampleFactor)
  expect(Math.abs(crop.x % crop.cellSize)).toBe(0)
  expect(Math.abs(crop.y % crop.cellSize)).toBe(0)
}

describe('the crop around a mask', () => {
  it('is the model’s own size at scale 1 where the mask is small, with the mask in its middle', () => {
    expect(cropAround(rect(500, 500, 10, 10), rect(0, 0, 1000, 1000), SMALL_MODEL)).toEqual({
      x: 440, y: 440, cellSize: 8, rows: 16, columns: 16,
    })
  })

  it('covers a picture that is smaller than the model from its first cell on', () => {
    expect(cropAround(rect(30, 20, 5, 5), rect(0, 0, 50, 40), SMALL_MODEL)).toMatchObject({ x: 0, y: 0, cellSize: 8 })
  })

  it.each([rect(0, 0, 1, 1), rect(0, 0, 3, 2), rect(-5, -9, 7, 1)])('covers %o, smaller than one cell', (picture) => {
    const crop = cropAround(picture, picture, SMALL_MODEL)
    expect(containsRect(cropRect(crop), picture)).toBe(true)
    expect(crop.cellSize).toBe(8)
  })

  it('takes a whole picture of 12,000 × 8,000 at the scale at which it just fits', () => {
    const picture = rect(0, 0, 12_000, 8_000)
    expect(cropAround(picture, picture, SMALL_MODEL)).toEqual({ x: 0, y: 0, cellSize: 750, rows: 16, columns: 16 })
  })

  it.each([
    ['top left', rect(0, 0, 1, 1), 0, 0],
    ['top right', rect(999, 0, 1, 1), 1000 - 128, 0],
    ['bottom left', rect(0, 999, 1, 1), 0, 1000 - 128],
    ['bottom right', rect(999, 999, 1, 1), 1000 - 128, 1000 - 128],
  ])('stays inside the picture for one pixel in the %s corner', (_, area, x, y) => {
    expect(cropAround(area, rect(0, 0, 1000, 1000), SMALL_MODEL)).toMatchObject({ x, y, cellSize: 8 })
  })

  it('follows a picture whose bounds begin below 0', () => {
    const picture = rect(-1003, -77, 1500, 900)
    const crop = cropAround(rect(-1003, -77, 4, 4), picture, SMALL_MODEL)
    expect(crop).toMatchObject({ x: -1008, y: -80 })
  })

  it('shows the model a quarter of the mask’s length on each side', () => {
    const crop = cropRect(cropAround(rect(4000, 4000, 400, 100), rect(0, 0, 8000, 8000), SMALL_MODEL))
    expect(4000 - crop.x).toBeGreaterThanOrEqual(100)
    expect(crop.x + crop.width - 4400).toBeGreaterThanOrEqual(100)
  })

  it('ignores what of the area lies beyond the picture', () => {
    const picture = rect(0, 0, 1000, 1000)
    expect(cropAround(rect(-5000, 990, 5010, 9000), picture, SMALL_MODEL)).toEqual(
      cropAround(rect(0, 990, 10, 10), picture, SMALL_MODEL),
    )
  })

  it('ends also where the area does not touch the picture', () => {
    expectSound(cropAround(rect(5000, 5000, 10, 10), rect(0, 0, 64, 64), SMALL_MODEL), SMALL_MODEL)
  })

  it('covers every area of every picture at the smallest cell size that does, no farther out than needed', () => {
    const dice = createDice(1)
    for (let round = 0; round < 2000; round++) {
      const geometry = round % 2 === 0 ? SMALL_MODEL : WIDE_MODEL
      const largest = round % 3 === 0 ? 300 : 12_000
      const picture = rect(dice(-largest, largest), dice(-largest, largest), dice(1, largest), dice(1, largest))
      const left = dice(0, picture.width - 1)
      const top = dice(0, picture.height - 1)
      const area = rect(
        picture.x + left, picture.y + top, dice(1, picture.width - left), dice(1, picture.height - top),
      )
      const crop = cropAround(area, picture, geometry)
      expectSound(crop, geometry)
      expect(crop).toMatchObject({ rows: geometry.gridRows, columns: geometry.gridColumns })
      const covered = cropRect(crop)
      expect(containsRect(covered, area)).toBe(true)
      // Beyond the picture only where the picture has no more to show.
      const { cellSize } = crop
      if (picture.width > covered.width + cellSize) {
        expect(covered.x).toBeGreaterThan(picture.x - cellSize)
        expect(covered.x + covered.width).toBeLessThan(picture.x + picture.width + cellSize)
      }
      if (cellSize > geometry.downsampleFactor) {
        const smaller = cellSize - 1
        const margin = Math.max(2 * smaller, Math.ceil(0.25 * Math.max(area.width, area.height)))
        const seen = intersectRects(
          rect(area.x - margin, area.y - margin, area.width + 2 * margin, area.height + 2 * margin), picture,
        )!
        const cellsOf = (start: number, length: number) =>
          Math.ceil((start + length) / smaller) - Math.floor(start / smaller)
        const fits =
          cellsOf(seen.x, seen.width) <= geometry.gridColumns && cellsOf(seen.y, seen.height) <= geometry.gridRows
        expect(fits).toBe(false)
      }
    }
  })
})

describe('the crop for an extension', () => {
  const picture = rect(0, 0, 128, 128)
  const extend = (left: number, top: number, right: number, bottom: number, of = picture) =>
    rect(of.x - left, of.y - top, of.width + left + right, of.height + top + bottom)

  it.each([
    ['left', extend(64, 0, 0, 0), { x: -64, y: 0 }],
    ['top', extend(0, 64, 0, 0), { x: 0, y: -64 }],
    ['right', extend(0, 0, 64, 0), { x: 64, y: 0 }],
    ['bottom', extend(0, 0, 0, 64), { x: 0, y: 64 }],
  ])('to the %s shows the new half and half of the picture', (_, frame, origin) => {
    expect(cropForExtension(frame, picture, undefined, SMALL_MODEL)).toEqual({
      ...origin, cellSize: 8, rows: 16, columns: 16,
    })
  })

  it('to all sides shows everything', () => {
    expect(cropForExtension(extend(16, 24, 32, 40), picture, undefined, SMALL_MODEL)).toEqual({
      x: -16, y: -24, cellSize: 8, rows: 24, columns: 22,
    })
  })

  it('by one pixel is one more column of cells', () => {
    expect(cropForExtension(extend(0, 0, 1, 0), picture, undefined, SMALL_MODEL)).toEqual({
      x: 8, y: 0, cellSize: 8, rows: 16, columns: 16,
    })
  })

  it('of a picture of one pixel works at scale 1', () => {
    const crop = cropForExtension(rect(-100, -100, 201, 201), rect(0, 0, 1, 1), undefined, SMALL_MODEL)
    expect(crop).toEqual({ x: -104, y: -104, cellSize: 8, rows: 26, columns: 26 })
  })

  it('shows the surroundings of a mask that lies farther in', () => {
    const wide = rect(0, 0, 1280, 128)
    const crop = cropForExtension(extend(0, 0, 64, 0, wide), wide, rect(800, 10, 40, 40), SMALL_MODEL)
    expect(crop.x).toBe(784)
    expect(crop.x + crop.columns * 8).toBe(1344)
  })

  it('covers all that is new, the mask, and some of the picture, whatever the sides', () => {
    const dice = createDice(7)
    for (let round = 0; round < 2000; round++) {
      const geometry = round % 2 === 0 ? SMALL_MODEL : WIDE_MODEL
      const largest = round % 3 === 0 ? 200 : 12_000
      const old = rect(dice(-largest, largest), dice(-largest, largest), dice(1, largest), dice(1, largest))
      const grow = () => (dice(0, 1) === 0 ? 0 : dice(1, largest))
      const frame = extend(grow(), grow(), grow(), grow(), old)
      if (frame.width === old.width && frame.height === old.height) continue
      const mask = dice(0, 1) === 0 ? undefined : rect(old.x + dice(0, old.width - 1), old.y, 1, dice(1, old.height))
      const crop = cropForExtension(frame, old, mask, geometry)
      expectSound(crop, geometry)
      expect(crop.rows).toBeGreaterThanOrEqual(geometry.gridRows)
      expect(crop.columns).toBeGreaterThanOrEqual(geometry.gridColumns)
      const covered = cropRect(crop)
      const right = old.x + old.width
      const bottom = old.y + old.height
      const strips = [
        rect(frame.x, frame.y, old.x - frame.x, frame.height),
        rect(frame.x, frame.y, frame.width, old.y - frame.y),
        rect(right, frame.y, frame.x + frame.width - right, frame.height),
        rect(frame.x, bottom, frame.width, frame.y + frame.height - bottom),
      ].filter(({ width, height }) => width > 0 && height > 0)
      for (const strip of strips) expect(containsRect(covered, strip)).toBe(true)
      if (mask) expect(containsRect(covered, mask)).toBe(true)
      expect(intersectRects(covered, old)).toBeDefined()
    }
  })
})

describe('the cells a mask touches', () => {
  const crop: Crop = { x: -16, y: 8, cellSize: 8, rows: 3, columns: 4 }
  const touchedBy = (...areas: PixelRect[]) =>
    [...findTouchedCells(crop, (cell) => areas.some((area) => intersectRects(area, cell) !== undefined))].join('')

  it('are none for a mask elsewhere', () => {
    expect(touchedBy(rect(16, 8, 50, 50), rect(-16, 0, 32, 8))).toBe('000000000000')
  })
  it('are all for a full mask', () => {
    expect(touchedBy(rect(-100, -100, 300, 300))).toBe('111111111111')
  })
  it.each([
    ['first', rect(-16, 8, 1, 1), '100000000000'],
    ['last', rect(15, 31, 1, 1), '000000000001'],
    ['one before the border', rect(-9, 8, 1, 1), '100000000000'],
    ['one behind the border', rect(-8, 8, 1, 1), '010000000000'],
  ])('are one for one pixel: %s', (_, area, expected) => {
    expect(touchedBy(area)).toBe(expected)
  })
  it('are four for two by two pixels on a corner', () => {
    expect(touchedBy(rect(-9, 15, 2, 2))).toBe('110011000000')
  })
})

describe('cellUnder', () => {
  const crop: Crop = { x: -16, y: 8, cellSize: 8, rows: 2, columns: 3 }

  it('finds every cell from all of its corners', () => {
    for (let cell = 0; cell < crop.rows * crop.columns; cell++) {
      const { x, y, width, height } = cellRect(crop, cell)
      for (const dx of [0, width - 0.5]) for (const dy of [0, height - 0.5]) expect(cellUnder(crop, { x: x + dx, y: y + dy })).toBe(cell)
    }
  })

  it('finds none beside the crop', () => {
    for (const [x, y] of [[-17, 10], [8, 10], [0, 7], [0, 24]] as const) expect(cellUnder(crop, { x, y })).toBeUndefined()
  })
})
