/** Bytes per value of TIFF's field types 1–12 (TIFF 6.0, section 2). */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
const ENTRY_BYTES = 12
const ORIENTATION = 0x0112
const THUMBNAIL_OFFSET = 0x0201
const THUMBNAIL_BYTES = 0x0202
const EXIF_DIRECTORY = 0x8769
const GPS_DIRECTORY = 0x8825
const INTEROPERABILITY_DIRECTORY = 0xa005
const PIXEL_WIDTH = 0xa002
const PIXEL_HEIGHT = 0xa003
const PREFIX = Buffer.from('Exif\0\0', 'latin1')

interface Entry {
  readonly tag: number
  readonly offset: number
  readonly value: number
  /** Where the values lie when they do not fit the entry. */
  readonly outside: { start: number; end: number } | undefined
}

interface Directory {
  readonly start: number
  readonly entries: readonly Entry[]
  /** Where the offset of the next directory stands. */
  readonly nextAt: number
}

export interface CleanedExif {
  /** A TIFF structure, never longer than it was. */
  readonly exif: Uint8Array
  readonly hadGps: boolean
}

/**
 * Sets the orientation to upright, since the pixels have been turned, and removes the thumbnail, which would show the
 * picture as it was; with `isGpsDropped` also where it was taken. What goes is overwritten where it stands and nothing moves,
 * because the maker's own notes hold offsets into the whole.
 *
 * @param exif  with or without JPEG's prefix. @returns undefined for what is no EXIF.
 */
export function cleanExif(exif: Uint8Array, { isGpsDropped }: { isGpsDropped: boolean }): CleanedExif | undefined {
  try {
    const tiff = openTiff(exif)
    return tiff && clean(tiff, isGpsDropped)
  } catch (error) {
    if (error instanceof RangeError) return undefined // An offset beyond the end: damaged, so not carried on.
    throw error
  }
}

/** Tells other programs the size the picture has now, where the EXIF states one. */
export function setExifSize(exif: Uint8Array, { width, height }: { width: number; height: number }): Uint8Array {
  const tiff = openTiff(exif)
  const main = tiff && readDirectory(tiff, tiff.u32(4))
  const pointer = main?.entries.find(({ tag }) => tag === EXIF_DIRECTORY)
  if (!tiff || !pointer) return exif
  for (const entry of readDirectory(tiff, pointer.value).entries) {
    if (entry.tag === PIXEL_WIDTH) tiff.writeValue(entry, width)
    if (entry.tag === PIXEL_HEIGHT) tiff.writeValue(entry, height)
  }
  return tiff.bytes
}

function clean(tiff: Tiff, isGpsDropped: boolean): CleanedExif {
  const main = readDirectory(tiff, tiff.u32(4))
  const orientation = main.entries.find(({ tag }) => tag === ORIENTATION)
  if (orientation) tiff.writeValue(orientation, 1)

  const thumbnailStart = tiff.u32(main.nextAt)
  if (thumbnailStart !== 0) {
    eraseThumbnail(tiff, readDirectory(tiff, thumbnailStart))
    tiff.writeU32(main.nextAt, 0)
  }

  const gps = main.entries.find(({ tag }) => tag === GPS_DIRECTORY)
  const hadGps = gps !== undefined && readDirectory(tiff, gps.value).entries.length > 0
  const isGpsErased = gps !== undefined && isGpsDropped
  const end = Math.max(...directoriesOf(tiff, main, isGpsErased).map(endOfDirectory))
  if (isGpsErased) {
    eraseDirectory(tiff, readDirectory(tiff, gps.value))
    removeEntry(tiff, main, gps)
  }
  return { exif: tiff.bytes.subarray(0, end), hadGps }
}

/** The main directory and those below it that stay. */
function directoriesOf(tiff: Tiff, main: Directory, isGpsErased: boolean): Directory[] {
  const kept = [EXIF_DIRECTORY, INTEROPERABILITY_DIRECTORY, ...(isGpsErased ? [] : [GPS_DIRECTORY])]
  const found = [main]
  for (const directory of found) {
    const below = directory.entries.filter(({ tag }) => kept.includes(tag) && found.length < 8)
    found.push(...below.map(({ value }) => readDirectory(tiff, value)))
  }
  return found
}

function eraseThumbnail(tiff: Tiff, directory: Directory): void {
  const start = directory.entries.find(({ tag }) => tag === THUMBNAIL_OFFSET)?.value
  const length = directory.entries.find(({ tag }) => tag === THUMBNAIL_BYTES)?.value
  if (start !== undefined && length !== undefined) tiff.bytes.fill(0, start, start + length)
  eraseDirectory(tiff, directory)
}

function eraseDirectory(tiff: Tiff, directory: Directory): void {
  for (const { outside } of directory.entries) if (outside) tiff.bytes.fill(0, outside.start, outside.end)
  tiff.bytes.fill(0, directory.start, directory.nextAt + 4)
}

/** Moves the entries behind it, and the offset of the next directory, up. */
function removeEntry(tiff: Tiff, directory: Directory, entry: Entry): void {
  const end = directory.nextAt + 4
  tiff.bytes.copyWithin(entry.offset, entry.offset + ENTRY_BYTES, end)
  tiff.bytes.fill(0, end - ENTRY_BYTES, end)
  tiff.writeU16(directory.start, directory.entries.length - 1)
}

function endOfDirectory({ entries, nextAt }: Directory): number {
  return Math.max(nextAt + 4, ...entries.map(({ outside }) => outside?.end ?? 0))
}

function readDirectory(tiff: Tiff, start: number): Directory {
  const count = tiff.u16(start)
  const entries = Array.from({ length: count }, (_, i) => readEntry(tiff, start + 2 + i * ENTRY_BYTES))
  return { start, entries, nextAt: start + 2 + count * ENTRY_BYTES }
}

function readEntry(tiff: Tiff, offset: number): Entry {
  const type = tiff.u16(offset + 2)
  const lengthBytes = (TYPE_BYTES[type] ?? 1) * tiff.u32(offset + 4)
  const value = type === 3 ? tiff.u16(offset + 8) : tiff.u32(offset + 8)
  if (lengthBytes <= 4) return { tag: tiff.u16(offset), offset, value, outside: undefined }
  const start = tiff.u32(offset + 8)
  if (start + lengthBytes > tiff.bytes.length) throw new RangeError('EXIF points beyond its end')
  return { tag: tiff.u16(offset), offset, value, outside: { start, end: start + lengthBytes } }
}

type Tiff = NonNullable<ReturnType<typeof openTiff>>

/** A copy of the bytes, and how to read numbers in their order. */
function openTiff(exif: Uint8Array) {
  const isPrefixed = PREFIX.equals(exif.subarray(0, PREFIX.length))
  const bytes = new Uint8Array(isPrefixed ? exif.subarray(PREFIX.length) : exif)
  const view = new DataView(bytes.buffer)
  const order = bytes.length < 8 ? 0 : view.getUint16(0)
  if (order !== 0x4949 && order !== 0x4d4d) return undefined
  const isLittle = order === 0x4949
  return {
    bytes,
    u16: (offset: number) => view.getUint16(offset, isLittle),
    u32: (offset: number) => view.getUint32(offset, isLittle),
    writeU16: (offset: number, value: number) => view.setUint16(offset, value, isLittle),
    writeU32: (offset: number, value: number) => view.setUint32(offset, value, isLittle),
    /** A single number that stands in its entry. */
    writeValue(entry: Entry, value: number): void {
      if (this.u16(entry.offset + 2) === 3) view.setUint16(entry.offset + 8, value, isLittle)
      else view.setUint32(entry.offset + 8, value, isLittle)
    },
  }
}
