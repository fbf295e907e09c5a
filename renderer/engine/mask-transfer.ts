import type { PixelRect } from '../../electron/api/geometry.ts'
import type { BlobHash, ImageId, TileImage } from '../../electron/api/images.ts'
import type { MaskTiles } from '../document/mask-tiles.ts'
import type { EngineClient } from './engine-client.ts'

/** Names of tiles already in the store. Mask tiles are immutable, so a tile has one name for ever. */
let uploadedTiles = new WeakMap<Uint8Array, BlobHash>()

/** Puts a pixel mask into the engine's store as a `mask8` image; only tiles it does not have travel. */
export async function uploadMask(
  client: Pick<EngineClient, 'putBlob' | 'putTileImage'>,
  tiles: MaskTiles,
  bounds: PixelRect,
): Promise<ImageId> {
  return sendMask(client, tiles, bounds).catch(() => {
    // The engine may have cleaned up tiles that nothing named yet: send them all once more.
    uploadedTiles = new WeakMap()
    return sendMask(client, tiles, bounds)
  })
}

async function sendMask(
  client: Pick<EngineClient, 'putBlob' | 'putTileImage'>,
  tiles: MaskTiles,
  bounds: PixelRect,
): Promise<ImageId> {
  const named: TileImage['tiles'] = {}
  for (const [key, bytes] of tiles) {
    let hash = uploadedTiles.get(bytes)
    if (hash === undefined) {
      hash = (await client.putBlob(new Uint8Array(bytes))).hash
      uploadedTiles.set(bytes, hash)
    }
    named[key] = hash
  }
  const image: TileImage = { bounds, format: 'mask8', iccProfile: null, hasAlpha: false, exif: null, tiles: named }
  return (await client.putTileImage(image)).imageId
}

/** The tiles of a `mask8` image. */
export async function downloadMask(
  client: Pick<EngineClient, 'getImage' | 'getTile'>,
  imageId: ImageId,
): Promise<MaskTiles> {
  const image = await client.getImage(imageId)
  const entries = Object.keys(image.tiles).map(async (key) => [key, await client.getTile(imageId, 0, key)] as const)
  return new Map(await Promise.all(entries))
}
