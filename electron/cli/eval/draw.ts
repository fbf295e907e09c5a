import type { EditRequestInput } from '../../api/edits.ts'
import { PIXEL_FORMATS, TILE_SIZE, tileKey, type ImageId, type TileImage } from '../../api/images.ts'
import type { PixelRect } from '../../api/geometry.ts'
import { planarFromRgb } from '../../../models/runtime/planar-image.ts'
import type { PlanarImage } from '../../../models/runtime/vq-tokenizer.ts'
import { read, readRaw, type EngineSession } from '../engine-session.ts'
import { runJob } from '../run-job.ts'

/** A picture the product drew. */
export interface DrawnPicture {
  readonly image: PlanarImage
  /** As the pack's ranker finds; null where it has none. */
  readonly similarity: number | null
  readonly seconds: number
}

/** Draws a request's candidates as a window would, and reads their pixels. */
export async function drawPictures(session: EngineSession, request: EditRequestInput): Promise<DrawnPicture[]> {
  const { candidates } = await runJob(session, request)
  return Promise.all(candidates.map(async ({ imageId, bounds, scores, seconds }) => ({
    image: await readPixels(session, imageId, bounds), similarity: scores?.similarity ?? null, seconds,
  })))
}

/** The candidate the ranker likes best, or the first where there is no ranker. */
export function pickBest(pictures: readonly DrawnPicture[]): DrawnPicture {
  return pictures.reduce((best, picture) => ((picture.similarity ?? 0) > (best.similarity ?? 0) ? picture : best))
}

export async function readPixels({ fetch }: EngineSession, imageId: ImageId, { x, y, width, height }: PixelRect): Promise<PlanarImage> {
  const data = new Float32Array(3 * width * height)
  for (let row = Math.floor(y / TILE_SIZE); row * TILE_SIZE < y + height; row++) {
    for (let column = Math.floor(x / TILE_SIZE); column * TILE_SIZE < x + width; column++) {
      const answer = await fetch(`/api/images/${imageId}/tiles/0/${tileKey(column, row)}`)
      const tile = new Uint8Array(await answer.arrayBuffer())
      for (let i = 0; i < TILE_SIZE * TILE_SIZE; i++) {
        const left = column * TILE_SIZE + (i % TILE_SIZE) - x
        const top = row * TILE_SIZE + Math.floor(i / TILE_SIZE) - y
        if (left < 0 || top < 0 || left >= width || top >= height) continue
        for (let channel = 0; channel < 3; channel++) data[(channel * height + top) * width + left] = tile[i * 4 + channel]! / 255
      }
    }
  }
  return { width, height, data }
}

/** What a pack's VQ tokenizer gives back of a picture of whole cells at its own scale. */
export async function readReconstruction({ fetch }: EngineSession, packId: string, imageId: ImageId): Promise<PlanarImage> {
  const { number, bytes } = await readRaw(fetch(`/api/tokens/${packId}/reconstructions/${imageId}`))
  return planarFromRgb(number('width'), number('height'), new Uint8Array(bytes))
}

/** A mask over a picture of at most one tile: all of a box. */
export async function uploadBoxMask({ client, fetch }: EngineSession, bounds: PixelRect, box: PixelRect): Promise<ImageId> {
  const bytes = new Uint8Array(TILE_SIZE * TILE_SIZE * PIXEL_FORMATS.mask8)
  for (let y = box.y; y < box.y + box.height; y++) bytes.fill(255, y * TILE_SIZE + box.x, y * TILE_SIZE + box.x + box.width)
  const { hash } = await read<{ hash: string }>(fetch('/api/blobs', { method: 'POST', body: bytes }))
  const image: TileImage = { bounds, format: 'mask8', iccProfile: null, hasAlpha: false, exif: null, tiles: { [tileKey(0, 0)]: hash } }
  return (await read<{ imageId: ImageId }>(client['tile-images'].$post({ json: image }))).imageId
}
