import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PixelSize } from '../../api/geometry.ts'
import { TILE_SIZE, tileKey, type ImageId } from '../../api/images.ts'
import { createRandom, type Random } from '../../../models/sampling/random.ts'
import { read, type EngineSession } from '../engine-session.ts'

/** 24 megapixels, the size of a common camera's photo. */
export const LARGE_PICTURE: PixelSize = { width: 6000, height: 4000 }

const CHANNELS = 4
/** Of neighbouring pixels, on a scale of 255: about a sensor's. A picture without noise would be packed too easily. */
const NOISE = 12

/** A picture that is as hard to pack as a photo: slow gradients and noise, no two tiles alike. */
export async function putLargePicture(session: EngineSession, size = LARGE_PICTURE): Promise<ImageId> {
  const random = createRandom(1)
  const tiles: Record<string, string> = {}
  for (let row = 0; row * TILE_SIZE < size.height; row++) {
    for (let column = 0; column * TILE_SIZE < size.width; column++) {
      const body = drawTile(column * TILE_SIZE, row * TILE_SIZE, size, random)
      const { hash } = await read<{ hash: string }>(session.fetch('/api/blobs', { method: 'POST', body }))
      tiles[tileKey(column, row)] = hash
      await nextTurn()
    }
  }
  const image = { bounds: { x: 0, y: 0, ...size }, format: 'rgba8' as const, iccProfile: null, exif: null, hasAlpha: false, tiles }
  return (await read<{ imageId: ImageId }>(session.client['tile-images'].$post({ json: image }))).imageId
}

/** RGBA, [TILE_SIZE × TILE_SIZE × 4]; zero beyond the picture. */
function drawTile(left: number, top: number, { width, height }: PixelSize, random: Random): Uint8Array<ArrayBuffer> {
  const tile = new Uint8Array(TILE_SIZE * TILE_SIZE * CHANNELS)
  for (let y = 0; y < Math.min(TILE_SIZE, height - top); y++) {
    for (let x = 0; x < Math.min(TILE_SIZE, width - left); x++) {
      const at = (y * TILE_SIZE + x) * CHANNELS
      const noise = (random() - 0.5) * NOISE
      tile[at] = 60 + 130 * ((left + x) / width) + noise
      tile[at + 1] = 60 + 130 * ((top + y) / height) + noise
      tile[at + 2] = 120 + 60 * Math.sin((left + x + top + y) / 300) + noise
      tile[at + 3] = 255
    }
  }
  return tile
}
