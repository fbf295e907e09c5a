import type { PixelRect, PixelSize } from '../../api/geometry.ts'
import { TILE_SIZE, tileKey, type ImageId } from '../../api/images.ts'
import { read, type EngineSession } from '../engine-session.ts'

/** A mask of a picture that starts at 0,0, with one rectangle of it fully masked. */
export async function putRectangleMask(session: EngineSession, picture: PixelSize, area: PixelRect): Promise<ImageId> {
  const tiles: Record<string, string> = {}
  for (let row = Math.floor(area.y / TILE_SIZE); row * TILE_SIZE < area.y + area.height; row++) {
    for (let column = Math.floor(area.x / TILE_SIZE); column * TILE_SIZE < area.x + area.width; column++) {
      const body = drawTile(area, column * TILE_SIZE, row * TILE_SIZE)
      const { hash } = await read<{ hash: string }>(session.fetch('/api/blobs', { method: 'POST', body }))
      tiles[tileKey(column, row)] = hash
    }
  }
  const image = { bounds: { x: 0, y: 0, ...picture }, format: 'mask8' as const, iccProfile: null, exif: null, hasAlpha: false, tiles }
  return (await read<{ imageId: ImageId }>(session.client['tile-images'].$post({ json: image }))).imageId
}

/** [TILE_SIZE × TILE_SIZE], row-major: 255 inside the rectangle. */
export function drawTile(area: PixelRect, tileX: number, tileY: number): Uint8Array<ArrayBuffer> {
  const tile = new Uint8Array(TILE_SIZE * TILE_SIZE)
  const left = Math.max(0, area.x - tileX)
  const right = Math.min(TILE_SIZE, area.x + area.width - tileX)
  for (let y = Math.max(0, area.y - tileY); y < Math.min(TILE_SIZE, area.y + area.height - tileY); y++) {
    tile.fill(255, y * TILE_SIZE + left, y * TILE_SIZE + right)
  }
  return tile
}
