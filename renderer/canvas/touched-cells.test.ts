import { describe, expect, it } from 'vitest'
import { cropRect } from '../../electron/api/token-cells.ts'
import { drawRectangle } from '../document/mask-shapes.ts'
import { NO_TILES } from '../document/mask-tiles.ts'
import { softenMask } from '../document/soft-edge.ts'
import { findChangingCells, findSoftEdge, UNDER_MASK } from './touched-cells.ts'

const bounds = { x: 0, y: 0, width: 512, height: 512 }
const geometry = { downsampleFactor: 16, gridRows: 16, gridColumns: 16 }
const mask = (x: number, y: number, width: number, height: number) => drawRectangle(NO_TILES, bounds, { x, y, width, height }, false)
const ask = (question: Partial<Parameters<typeof findChangingCells>[0]>) =>
  findChangingCells({ bounds, frame: null, tiles: NO_TILES, brushRect: null, geometry, edited: UNDER_MASK, ...question })
const count = (cells: ReturnType<typeof ask>) => cells?.touched.reduce((sum, value) => sum + value, 0)

describe('cells that will change', () => {
  it('are none without a mask', () => {
    expect(ask({})).toBeNull()
  })

  it('are those a mask touches, by one pixel too', () => {
    expect(count(ask({ tiles: mask(256, 256, 16, 16) }))).toBe(1)
    expect(count(ask({ tiles: mask(256, 256, 17, 16) }))).toBe(2)
  })

  it('are lit where the brush would paint, if it is over the picture', () => {
    expect(count(ask({ brushRect: { x: 250, y: 256, width: 10, height: 10 } }))).toBe(2)
    expect(ask({ brushRect: { x: 2500, y: 256, width: 10, height: 10 } })).toBeNull()
  })

  it('are all beyond the picture where the frame extends it, and the mask besides', () => {
    const frame = { x: 0, y: 0, width: 640, height: 512 }
    const extended = ask({ frame })
    const cellSize = extended?.crop.cellSize ?? 0
    expect(cellSize).toBe(32)
    expect(count(extended)).toBe((128 / cellSize) * (512 / cellSize))
    expect(count(ask({ frame, tiles: mask(480, 0, 32, 32) }))).toBe((128 / cellSize) * (512 / cellSize) + 1)
    expect(cropRect(extended!.crop).x + cropRect(extended!.crop).width).toBeGreaterThanOrEqual(640)
  })

  it('are finer or coarser as the edit looks at the picture', () => {
    const tiles = mask(100, 100, 300, 300)
    const sizeOf = (view: { surroundings: number | null; isDetailed: boolean }) =>
      ask({ tiles, edited: { view, isAroundMask: false, edgeBand: 0 } })?.crop.cellSize
    expect(sizeOf({ surroundings: null, isDetailed: true })).toBe(16)
    expect(sizeOf({ surroundings: 0, isDetailed: false })).toBeLessThan(sizeOf({ surroundings: 2, isDetailed: false })!)
  })

  it('are all but those the mask covers fully where the mask says what stays', () => {
    const edited = { ...UNDER_MASK, isAroundMask: true }
    expect(ask({ edited })).toBeNull()
    const cells = ask({ tiles: mask(128, 128, 65, 64), edited })
    expect(cells?.crop.cellSize).toBe(32)
    expect(count(cells)).toBe(16 * 16 - 4)
  })

  it('are more where an edge band widens the mask: as many as the engine will change', () => {
    const tiles = mask(256, 256, 16, 16)
    const soft = (edgeBand: number | null) => {
      const question = { bounds, frame: null, tiles, brushRect: null, geometry, edited: { ...UNDER_MASK, edgeBand } }
      const edge = findSoftEdge(question)
      return { band: edge?.band, cells: count(findChangingCells({ ...question, written: edge ? softenMask(tiles, bounds, edge) : undefined })) }
    }
    expect(soft(0)).toEqual({ band: undefined, cells: 1 })
    expect(soft(8)).toEqual({ band: 8, cells: 9 })
    // One token cell.
    expect(soft(null)).toEqual({ band: 16, cells: 9 })
    expect(soft(40).cells).toBeGreaterThan(9)
  })

  it('are none for a crop', () => {
    expect(ask({ frame: { x: 16, y: 16, width: 64, height: 64 }, tiles: mask(20, 20, 9, 9) })).toBeNull()
  })
})
