import { LRUCache } from 'lru-cache'
import { EngineError } from '../../api/errors.ts'
import { intersectRects } from '../../api/geometry.ts'
import { PIXEL_FORMATS, TILE_SIZE, tileKey, type TileImage } from '../../api/images.ts'
import { hashBytes } from '../storage/blob-store.ts'
import { narrow, type Colour } from './colour.ts'
import type { DiskCache } from '../storage/disk-cache.ts'
import { halveTiles, type PyramidFormat } from './halving.ts'
import { createPace } from '../pacing/pacing.ts'
import { createTurns } from '../pacing/turns.ts'
import type { ImageStore } from './image-store.ts'
import { tileRect, tileSpan } from './tile-grid.ts'

/** Level 10 shows 262,144 pixels in one tile: more than a picture can have on a side. */
export const MAX_LEVEL = 10

/** What the screen shows of images: tiles of TILE_SIZE × TILE_SIZE pixels, at level n 1/2ⁿ of their size. */
export interface DisplayTiles {
  /**
   * RGBA, 8 bits, sRGB; of a mask one byte a pixel. Tile (column, row) of level n covers columns column·2ⁿ … and rows
   * row·2ⁿ … of level 0. Do not write into the bytes.
   */
  get(image: TileImage, level: number, column: number, row: number): Promise<Uint8Array>
}

export interface DisplayTilesOptions {
  readonly images: ImageStore
  readonly colour: Colour
  readonly diskCache: DiskCache
  readonly cacheBytes: number
}

/**
 * Levels above 0 are made from the level below when first asked for, in the image's own colours, and kept under the names
 * of the tiles they show: an edit makes anew only what lies above the tiles it touched.
 */
export function createDisplayTiles(options: DisplayTilesOptions): DisplayTiles {
  const { images, colour, diskCache } = options
  const cache = new LRUCache<string, Uint8Array>({ maxSize: options.cacheBytes, sizeCalculation: ({ length }) => length })
  const beingMade = new Map<string, Promise<Uint8Array>>()

  const takeTurns = createTurns()
  const pace = createPace()
  /** A window asks for all it shows at once: its tiles are made one after another, and other requests come in between. */
  const takeTurn = (make: () => Promise<Uint8Array>) =>
    takeTurns('making', async () => {
      await pace()
      return make()
    })

  /** Made once, also when two ask at once. */
  const keep = async (name: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const known = cache.get(name)
    if (known !== undefined) return known
    const pending = beingMade.get(name) ?? make().finally(() => beingMade.delete(name))
    beingMade.set(name, pending)
    const bytes = await pending
    cache.set(name, bytes)
    return bytes
  }

  const keepOnDisk = (name: string, make: () => Promise<Uint8Array>) =>
    keep(name, async () => {
      const known = await diskCache.get(name)
      if (known !== undefined) return known
      const bytes = await make()
      void diskCache.put(name, bytes)
      return bytes
    })

  /** A tile in the image's colours with 8 bits, or undefined where there is nothing. */
  const pyramidTile = async (image: TileImage, level: number, column: number, row: number): Promise<Uint8Array | undefined> => {
    if (level === 0) return groundTile(image, column, row)
    const below = describeBelow(image, level, column, row)
    if (below === '') return undefined
    return keepOnDisk(hashBytes(`${image.format} ${level}\n${below}`), async () => {
      const quarter = (x: number, y: number) => pyramidTile(image, level - 1, 2 * column + x, 2 * row + y)
      const halve = (quarters: readonly (Uint8Array | undefined)[]) => halveTiles(quarters, pyramidFormat(image))
      if (level === 1) {
        return takeTurn(async () => halve(await Promise.all([quarter(0, 0), quarter(1, 0), quarter(0, 1), quarter(1, 1)])))
      }
      const quarters = [await quarter(0, 0), await quarter(1, 0), await quarter(0, 1), await quarter(1, 1)]
      return takeTurn(async () => halve(quarters))
    })
  }

  const groundTile = async (image: TileImage, column: number, row: number): Promise<Uint8Array | undefined> => {
    if (image.tiles[tileKey(column, row)] === undefined) return undefined
    const pixels = await images.readRegion(image, tileRect(column, row))
    return pixels instanceof Uint16Array ? narrow(pixels) : pixels
  }

  return {
    async get(image, level, column, row) {
      const size = { width: TILE_SIZE, height: TILE_SIZE }
      const bytes = await pyramidTile(image, level, column, row)
      if (bytes === undefined) return new Uint8Array(TILE_SIZE * TILE_SIZE * PIXEL_FORMATS[pyramidFormat(image)])
      if (image.iccProfile === null || image.format === 'mask8') return bytes
      const below = describeBelow(image, level, column, row)
      return keep(hashBytes(`srgb ${image.iccProfile} ${level}\n${below}`), () => colour.toSrgb(bytes, size, image))
    },
  }
}

function pyramidFormat({ format }: TileImage): PyramidFormat {
  return format === 'mask8' ? 'mask8' : 'rgba8'
}

/** Names what a tile shows by the tiles of level 0 below it, each with its place: equal names, equal pixels. */
function describeBelow(image: TileImage, level: number, column: number, row: number): string {
  const side = 2 ** level
  const below = { x: column * side, y: row * side, width: side, height: side }
  const shown = intersectRects(below, tileSpan(image.bounds))
  if (!shown) return ''
  let description = ''
  for (let y = shown.y; y < shown.y + shown.height; y++) {
    for (let x = shown.x; x < shown.x + shown.width; x++) {
      const hash = image.tiles[tileKey(x, y)]
      if (hash !== undefined) description += `${x - below.x},${y - below.y} ${hash}\n`
    }
  }
  return description
}

/** Throws EngineError `invalid-request` for a level there is not. */
export function parseLevel(text: string): number {
  const level = Number(text)
  if (Number.isInteger(level) && level >= 0 && level <= MAX_LEVEL) return level
  throw new EngineError('invalid-request', `There is no level ${text}; there are 0 to ${MAX_LEVEL}.`)
}
