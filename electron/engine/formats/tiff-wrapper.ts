import type { PixelSize } from '../../api/geometry.ts'

const SHORT = 3
const LONG = 4
const UNDEFINED = 7
const HEAD_BYTES = 8
const ENTRY_BYTES = 12

/**
 * Raw 8-bit RGBA with its ICC profile as an uncompressed TIFF 6.0 in memory: how pixels reach sharp together with a
 * profile, which its raw input has no place for.
 */
export function wrapAsTiff(rgba: Uint8Array, { width, height }: PixelSize, iccProfile: Uint8Array): Buffer {
  const profileStart = HEAD_BYTES + rgba.length
  const bitsStart = profileStart + iccProfile.length + (iccProfile.length % 2)
  const directoryStart = bitsStart + 8
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 4, bitsStart],
    [259, SHORT, 1, 1], // not compressed
    [262, SHORT, 1, 2], // RGB
    [273, LONG, 1, HEAD_BYTES],
    [277, SHORT, 1, 4], // samples per pixel
    [278, LONG, 1, height],
    [279, LONG, 1, rgba.length],
    [338, SHORT, 1, 2], // the fourth is alpha, not premultiplied
    [34675, UNDEFINED, iccProfile.length, profileStart],
  ]
  const file = Buffer.alloc(directoryStart + 2 + entries.length * ENTRY_BYTES + 4)
  file.write('II*\0', 0, 'latin1')
  file.writeUInt32LE(directoryStart, 4)
  file.set(rgba, HEAD_BYTES)
  file.set(iccProfile, profileStart)
  for (let i = 0; i < 4; i++) file.writeUInt16LE(8, bitsStart + i * 2)
  file.writeUInt16LE(entries.length, directoryStart)
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    const at = directoryStart + 2 + i * ENTRY_BYTES
    file.writeUInt16LE(tag, at)
    file.writeUInt16LE(type, at + 2)
    file.writeUInt32LE(count, at + 4)
    file.writeUInt32LE(value, at + 8)
  }
  return file
}
