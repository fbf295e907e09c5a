import type { Sharp } from 'sharp'
import type { ExportOptions } from '../../api/images.ts'

/** What travels with a picture besides its pixels. Each part is left out where undefined. */
export interface FileMetadata {
  /** An ICC profile as it is. */
  readonly iccProfile?: Uint8Array | undefined
  /** A TIFF structure, without the `Exif` prefix that JPEG puts before it. */
  readonly exif?: Uint8Array | undefined
  /** An XMP packet. */
  readonly xmp?: Uint8Array | undefined
}

/** A kind of picture file that is exported. Reading is sharp's, by a file's content (`open-picture.ts`). */
export interface ImageFormat {
  readonly id: ExportOptions['format']
  readonly mediaType: string
  readonly hasAlpha: boolean
  /** Whether 16 bits a channel are kept. */
  readonly has16Bits: boolean
  /** Longest side in pixels the format can hold. */
  readonly maxSide: number
  /** @param quality 1–100, for lossy formats. @returns the pipeline that writes the pixels and nothing else. */
  encode(pixels: Sharp, quality: number): Sharp
  /**
   * The same file with metadata in its place, in pieces: putting 60 MB together would hold up everything else. sharp writes
   * profiles and EXIF only of files it opened itself.
   */
  attach(
    file: Uint8Array<ArrayBuffer>,
    metadata: FileMetadata,
    picture: { width: number; height: number; hasAlpha: boolean },
  ): readonly Uint8Array<ArrayBuffer>[]
}
