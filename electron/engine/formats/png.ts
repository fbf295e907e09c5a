import { crc32, deflateSync } from 'node:zlib'
import type { ImageFormat } from './format.ts'

/** Signature and IHDR, which every PNG begins with: 8 bytes, then length, type, 13 bytes of data and CRC. */
const HEAD_BYTES = 8 + 4 + 4 + 13 + 4
/** The keyword that the XMP specification (part 3, 1.1.5) gives to the packet. */
const XMP_KEYWORD = 'XML:com.adobe.xmp'

/** PNG (third edition): iCCP before the pixels, eXIf and iTXt anywhere; all follow IHDR here. */
export const pngFormat: ImageFormat = {
  id: 'png',
  mediaType: 'image/png',
  hasAlpha: true,
  has16Bits: true,
  maxSide: 2 ** 31 - 1,
  encode: (pixels) => pixels.png({ compressionLevel: 6 }),
  attach(file, { iccProfile, exif, xmp }) {
    const chunks: Uint8Array<ArrayBuffer>[] = []
    // Keyword, terminator, method 0; the same for iTXt: flag, method, language and translated keyword are empty.
    if (iccProfile) chunks.push(chunk('iCCP', Buffer.from('ICC Profile\0\0', 'latin1'), deflateSync(iccProfile)))
    if (exif) chunks.push(chunk('eXIf', exif))
    if (xmp) chunks.push(chunk('iTXt', Buffer.from(`${XMP_KEYWORD}\0\0\0\0\0`, 'latin1'), xmp))
    return [file.subarray(0, HEAD_BYTES), ...chunks, file.subarray(HEAD_BYTES)]
  },
}

function chunk(type: string, ...data: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), ...data])
  const bytes = Buffer.alloc(4 + body.length + 4)
  bytes.writeUInt32BE(body.length - 4, 0)
  body.copy(bytes, 4)
  bytes.writeUInt32BE(crc32(body), 4 + body.length)
  return bytes
}
