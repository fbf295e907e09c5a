import { LRUCache } from 'lru-cache'
import { EngineError } from '../../electron/api/errors.ts'
import { TILE_SIZE, type ImageId } from '../../electron/api/images.ts'

/** A tile as the screen has it: TILE_SIZE² RGBA. */
const BITMAP_BYTES = TILE_SIZE * TILE_SIZE * 4
/** A browser has six connections to a host; one is the event stream's, and a stroke's line must never wait for pixels. */
const MAX_REQUEST_COUNT = 4
/** After a tile failed to come, such as while the engine was away. */
const RETRY_MS = 1_500

export interface TileSourceOptions {
  readonly getTile: (imageId: ImageId, level: number, key: string) => Promise<Uint8Array>
  /** Of bitmaps kept. */
  readonly budgetBytes: number
  /** For tests: a page's `createImageBitmap` otherwise. */
  readonly decode?: (rgba: Uint8Array) => Promise<ImageBitmap>
}

export type EngineTileSource = ReturnType<typeof createTileSource>

interface Wanted {
  readonly id: string
  readonly load: () => Promise<Uint8Array>
}

/**
 * Tiles of pictures for the screen, fetched when first asked for and kept within a budget of bytes. The latest wish is
 * served first: what was asked for while panning past is no longer looked at.
 */
export function createTileSource({ getTile, budgetBytes, decode = decodeTile }: TileSourceOptions) {
  const bitmaps = new LRUCache<string, ImageBitmap>({
    maxSize: Math.max(budgetBytes, BITMAP_BYTES),
    sizeCalculation: () => BITMAP_BYTES,
    dispose: (bitmap) => bitmap.close(),
  })
  const listeners = new Set<() => void>()
  const waiting = new Map<string, Wanted>()
  const loading = new Set<string>()
  const idOf = (imageId: ImageId, level: number, key: string) => `${imageId}/${level}/${key}`
  const announce = () => listeners.forEach((listener) => listener())

  const load = async ({ id, load: fetchBytes }: Wanted) => {
    loading.add(id)
    try {
      bitmaps.set(id, await decode(await fetchBytes().catch(readMissingTile)))
      announce()
    } catch {
      // Listeners ask again for what they still need.
      setTimeout(announce, RETRY_MS)
    } finally {
      loading.delete(id)
      loadNext()
    }
  }
  const loadNext = () => {
    while (loading.size < MAX_REQUEST_COUNT && waiting.size > 0) {
      const latest = [...waiting.values()].at(-1) as Wanted
      waiting.delete(latest.id)
      void load(latest)
    }
  }

  return {
    getTile(imageId: ImageId, level: number, key: string): ImageBitmap | undefined {
      const id = idOf(imageId, level, key)
      const bitmap = bitmaps.get(id)
      if (bitmap || loading.has(id)) return bitmap
      waiting.delete(id)
      waiting.set(id, { id, load: () => getTile(imageId, level, key) })
      queueMicrotask(loadNext)
      return undefined
    },
    peekTile: (imageId: ImageId, level: number, key: string) => bitmaps.get(idOf(imageId, level, key)),
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    dispose() {
      listeners.clear()
      waiting.clear()
      bitmaps.clear()
    },
  }
}

/** A tile the picture does not have is clear all over. */
function readMissingTile(thrown: unknown): Uint8Array {
  if (thrown instanceof EngineError && thrown.code === 'not-found') return new Uint8Array(BITMAP_BYTES)
  throw thrown
}

function decodeTile(rgba: Uint8Array): Promise<ImageBitmap> {
  const pixels = new Uint8ClampedArray(rgba.buffer as ArrayBuffer, rgba.byteOffset, rgba.byteLength)
  return createImageBitmap(new ImageData(pixels, TILE_SIZE, TILE_SIZE))
}
