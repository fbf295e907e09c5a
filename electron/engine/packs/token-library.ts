import { open, readFile } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'
import type { ImageId } from '../../api/images.ts'
import type { RgbRaster } from '../../api/inference.ts'
import { cropOverPicture, cropRect, type Crop } from '../../api/token-cells.ts'
import { packFilePath } from '../../../models/importing/open-pack.ts'
import type { ExternalData } from '../../../models/onnx/read-initializer.ts'
import { readCodebook, type Codebook } from '../../../models/importing/read-codebook.ts'
import type { BlendingTools } from '../blending/blend.ts'
import { readCropView } from '../blending/crop-view.ts'
import { toModelRaster } from '../blending/model-view.ts'
import { cellGeometryOf, lastStage } from '../edits/pack-geometry.ts'
import type { InferenceClient } from '../inference-client/inference-client.ts'
import { readPicture } from '../jobs/prepare-edit.ts'
import type { InstalledPack } from './found-packs.ts'
import type { PackLibrary } from './packs.ts'

/** A picture as a pack's tokens: of its last stage, [rows × columns], row-major. */
export interface PictureTokens {
  readonly crop: Crop
  readonly tokens: Uint16Array
}

/** What a page wants to know about tokens. All of it can be made again and is kept a while. */
export interface TokenLibrary {
  /** Throws `not-found`, and what an inference process that died leaves. */
  picture(packId: string, imageId: ImageId): Promise<PictureTokens>
  /** What its tokens give back of a picture, over whole cells at the model's scale. Throws as `picture` does. */
  reconstruction(packId: string, imageId: ImageId): Promise<RgbRaster>
  /** Throws `pack-corrupt` where the pack's graphs hold no codebook that can be read. */
  codebook(packId: string): Promise<Codebook>
  /** [codebookSize × 3], RGB: each code's mean colour. */
  colours(packId: string): Promise<Uint8Array>
}

/** Pictures one goes back and forth between. */
const MAX_PICTURES = 16
const MAX_PACKS = 4

export function createTokenLibrary(
  { packs, inference, images, colour }: { packs: PackLibrary; inference: InferenceClient } & BlendingTools,
): TokenLibrary {
  const pictures = new LRUCache<string, Promise<PictureTokens>>({ max: MAX_PICTURES })
  const codebooks = new LRUCache<string, Promise<Codebook>>({ max: MAX_PACKS })
  const colours = new LRUCache<string, Promise<Uint8Array>>({ max: MAX_PACKS })
  const encode = (installed: InstalledPack, imageId: ImageId) => {
    const { pack } = installed
    return remember(pictures, `${pack.id} ${pack.version} ${imageId}`, async () => {
      const picture = await readPicture(images, imageId)
      const crop = cropOverPicture(picture.bounds, cellGeometryOf(pack), 'whole')
      const { downsampleFactor } = lastStage(pack)
      const size = { width: crop.columns * downsampleFactor, height: crop.rows * downsampleFactor }
      const image = await toModelRaster(await readCropView(images, picture, cropRect(crop), size), picture, colour)
      return { crop, tokens: (await inference.ask(installed, { kind: 'encode', image })).tokens }
    })
  }
  return {
    async picture(packId, imageId) {
      return encode(await packs.find(packId), imageId)
    },
    async reconstruction(packId, imageId) {
      const installed = await packs.find(packId)
      const { crop: { rows, columns }, tokens } = await encode(installed, imageId)
      return (await inference.ask(installed, { kind: 'decode', rows, columns, tokens })).raster
    },
    async codebook(packId) {
      const { pack, folder } = await packs.find(packId)
      const { vqDecoder, codebookSize } = lastStage(pack)
      return remember(codebooks, `${pack.id} ${pack.version}`, async () =>
        readCodebook(await readFile(packFilePath(folder, vqDecoder)), codebookSize, (part) => readPart(folder, part)),
      )
    },
    async colours(packId) {
      const installed = await packs.find(packId)
      const { id, version } = installed.pack
      return remember(colours, `${id} ${version}`, async () => (await inference.ask(installed, { kind: 'colours' })).colours)
    },
  }
}

async function readPart(folder: string, { location, offset, byteLength }: ExternalData): Promise<Uint8Array> {
  const file = await open(packFilePath(folder, location))
  try {
    const bytes = new Uint8Array(byteLength)
    await file.read(bytes, 0, byteLength, offset)
    return bytes
  } finally {
    await file.close()
  }
}

/** What failed is tried anew. */
function remember<Value>(cache: LRUCache<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const known = cache.get(key)
  if (known) return known
  const made = make()
  cache.set(key, made)
  made.catch(() => cache.delete(key))
  return made
}
