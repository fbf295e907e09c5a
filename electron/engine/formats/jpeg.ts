import type { ImageFormat } from './format.ts'

const START_OF_IMAGE_BYTES = 2
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
/** A segment's length field counts itself. */
const MAX_SEGMENT_BYTES = 0xffff - 2
const EXIF_PREFIX = Buffer.from('Exif\0\0', 'latin1')
const XMP_PREFIX = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1')
const ICC_PREFIX = Buffer.from('ICC_PROFILE\0', 'latin1')
/** Each piece of a profile carries its number and how many there are. */
const MAX_ICC_PIECE_BYTES = MAX_SEGMENT_BYTES - ICC_PREFIX.length - 2

/** JPEG: metadata are APPn segments after the JFIF header. What does not fit a segment is left out, but for the profile. */
export const jpegFormat: ImageFormat = {
  id: 'jpeg',
  mediaType: 'image/jpeg',
  hasAlpha: false,
  has16Bits: false,
  maxSide: 65_535,
  // At high quality people expect that colours are not halved in resolution.
  encode: (pixels, quality) => pixels.jpeg({ quality, chromaSubsampling: quality >= 90 ? '4:4:4' : '4:2:0' }),
  attach(file, { iccProfile, exif, xmp }) {
    const segments: Uint8Array<ArrayBuffer>[] = []
    if (exif && EXIF_PREFIX.length + exif.length <= MAX_SEGMENT_BYTES) segments.push(segment(APP1, EXIF_PREFIX, exif))
    if (xmp && XMP_PREFIX.length + xmp.length <= MAX_SEGMENT_BYTES) segments.push(segment(APP1, XMP_PREFIX, xmp))
    if (iccProfile) segments.push(...profileSegments(iccProfile))
    const headEnd = endOfHead(file)
    return [file.subarray(0, headEnd), ...segments, file.subarray(headEnd)]
  },
}

function profileSegments(profile: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const count = Math.ceil(profile.length / MAX_ICC_PIECE_BYTES)
  return Array.from({ length: count }, (_, i) =>
    segment(
      APP2,
      ICC_PREFIX,
      Uint8Array.of(i + 1, count),
      profile.subarray(i * MAX_ICC_PIECE_BYTES, (i + 1) * MAX_ICC_PIECE_BYTES),
    ),
  )
}

/** After the start of the image and the JFIF segment, which must stay first. */
function endOfHead(file: Uint8Array): number {
  if (file[START_OF_IMAGE_BYTES + 1] !== APP0) return START_OF_IMAGE_BYTES
  const lengthBytes = (file[START_OF_IMAGE_BYTES + 2]! << 8) | file[START_OF_IMAGE_BYTES + 3]!
  return START_OF_IMAGE_BYTES + 2 + lengthBytes
}

function segment(marker: number, ...data: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = Buffer.concat(data)
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
