import { z } from 'zod'
import { pixelRectSchema, type PixelSize } from './geometry.ts'

/** SHA-256 of a blob's bytes, 64 hexadecimal digits: its name in the blob store. */
export const blobHashSchema = z.string().regex(/^[0-9a-f]{64}$/)
export type BlobHash = z.infer<typeof blobHashSchema>

/** Side of a tile in image pixels. Small enough that a stroke touches few bytes, large enough that a photo has hundreds of tiles, not thousands. */
export const TILE_SIZE = 256

/** Largest picture that is opened: 100 megapixels, the bound of what is tested (12,000 × 8,000 and a little). */
export const MAX_IMAGE_PIXELS = 100_000_000

/** What is worked on at full resolution at a time: decoding it takes 32 bytes a pixel of the inference process. */
export const MAX_DETAILED_PIXELS = 24_000_000

/** Whether all of something of this size can be worked on at full resolution. */
export function canBeDetailed({ width, height }: PixelSize): boolean {
  return width * height <= MAX_DETAILED_PIXELS
}

/** Longest side of a picture that is drawn or extended: a JPEG holds no longer one (libjpeg, JPEG_MAX_DIMENSION). */
export const MAX_DRAWN_SIDE = 65_500

/**
 * Bytes per pixel and their meaning. `rgba8` and `rgba16` are interleaved, alpha not premultiplied, in the colour
 * space of `iccProfile` (sRGB without one); `rgba16` is little-endian. `mask8` is one byte: how strongly an edit may change it.
 */
export const PIXEL_FORMATS = { rgba8: 4, rgba16: 8, mask8: 1 } as const
export type PixelFormat = keyof typeof PIXEL_FORMATS

/**
 * A picture or a pixel mask as a tree of content-addressed tiles, as a commit is a tree of files: an edit makes a new
 * image that shares every tile it did not touch, so "untouched" is an equality of names.
 *
 * `tiles` maps "column,row" (signed: tile 0,0 has its top left corner at document pixel 0,0) to the hash of
 * TILE_SIZE × TILE_SIZE × bytes-per-pixel raw bytes, row-major. A tile that is absent, and every pixel of a tile outside
 * `bounds`, is zero. The image's id is the hash of its canonical JSON (sorted tile keys).
 */
export const tileImageSchema = z.object({
  bounds: pixelRectSchema,
  format: z.enum(Object.keys(PIXEL_FORMATS) as [PixelFormat, ...PixelFormat[]]),
  iccProfile: blobHashSchema.nullable(),
  /** True where some pixel is not opaque; then exports keep alpha. */
  hasAlpha: z.boolean(),
  /** EXIF of the opened file, upright and without its thumbnail: a blob, or null. GPS stays in it; an export drops it unless asked for. */
  exif: blobHashSchema.nullable(),
  tiles: z.record(z.string().regex(/^-?\d+,-?\d+$/), blobHashSchema),
})
export type TileImage = z.infer<typeof tileImageSchema>
export type ImageId = BlobHash

export function tileKey(column: number, row: number): string {
  return `${column},${row}`
}

/** What `POST /images` answers. `recipe` is what the file's metadata says about how Remask made it, if it does. */
export const importedImageSchema = z.object({
  imageId: blobHashSchema,
  image: tileImageSchema,
  name: z.string(),
  hasGps: z.boolean(),
  recipe: z.unknown().nullable(),
})
export type ImportedImage = z.infer<typeof importedImageSchema>

/** How a document is flattened into a file. `quality` 1–100 is for lossy formats. */
export const exportOptionsSchema = z.object({
  imageId: blobHashSchema,
  format: z.enum(['png', 'jpeg', 'webp']),
  quality: z.number().int().min(1).max(100).default(92),
  keepRecipe: z.boolean().default(true),
  keepGps: z.boolean().default(false),
  /** Put into the metadata where `keepRecipe`; see `edits.ts`. */
  recipe: z.unknown().nullable().default(null),
  /** A place the shell's save dialog registered; without it the answer's body is the file. */
  fileId: z.string().nullable().default(null),
})
export type ExportOptions = z.infer<typeof exportOptionsSchema>
