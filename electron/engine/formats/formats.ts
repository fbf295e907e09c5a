import type { ExportOptions } from '../../api/images.ts'
import type { ImageFormat } from './format.ts'
import { jpegFormat } from './jpeg.ts'
import { pngFormat } from './png.ts'
import { webpFormat } from './webp.ts'

/** Every format that is exported. */
export const FORMATS: Record<ExportOptions['format'], ImageFormat> = {
  png: pngFormat,
  jpeg: jpegFormat,
  webp: webpFormat,
}

/** What is opened, in sharp's words: the exported formats and those sharp reads without being asked to. */
export const OPENED_FORMATS: readonly string[] = [...Object.keys(FORMATS), 'gif', 'tiff', 'heif']
