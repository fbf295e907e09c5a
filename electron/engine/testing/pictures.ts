import { crc32 } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

export const PICTURE_SIZE = { width: 70, height: 50 }

/** RGB pixels that no two lie alike: a slope with a pattern on it. */
export function makeRgb({ width, height } = PICTURE_SIZE): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [channel, column, row] = [i % 3, Math.floor(i / 3) % width, Math.floor(i / (3 * width))]
    return [column * 3, row * 4, (column * 7 + row * 5) % 256][channel]! & 255
  })
}

export function makePicture(size = PICTURE_SIZE): Sharp {
  return sharp(makeRgb(size), { raw: { ...size, channels: 3 } })
}

/** A PNG that says it has this size, and nothing else. */
export function makePngHead(width: number, height: number): Uint8Array {
  // 8 bits a channel, RGB.
  const header = Buffer.alloc(17)
  header.write('IHDR', 0, 'latin1')
  header.writeUInt32BE(width, 4)
  header.writeUInt32BE(height, 8)
  header.set([8, 2, 0, 0, 0], 12)
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(header))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
    header,
    crc,
    Buffer.from([0, 0, 0, 0]), // An empty IDAT, so that the head counts as complete.
    Buffer.from('IDAT', 'latin1'),
    Buffer.from([0x35, 0xaf, 0x06, 0x1e]),
  ])
}
