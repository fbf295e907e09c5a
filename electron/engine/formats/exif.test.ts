import sharp from 'sharp'
import { expect, test } from 'vitest'
import { cleanExif, setExifSize } from './exif.ts'

/** EXIF as libexif writes it, with a place and an orientation. */
async function makeExif(): Promise<Buffer> {
  const file = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Camera', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 7/1', GPSLongitudeRef: 'W' },
    })
    .jpeg()
    .toBuffer()
  return (await sharp(file).metadata()).exif!
}

/** Reads EXIF as other programs do: out of a file. */
async function readBack(exif: Uint8Array) {
  const { jpegFormat } = await import('./jpeg.ts')
  const plain = new Uint8Array(await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).jpeg().toBuffer())
  return sharp(Buffer.concat(jpegFormat.attach(plain, { exif }, { width: 8, height: 8, hasAlpha: false }))).metadata()
}

/** By hand, big-endian: IFD0 with orientation, and IFD1 with a thumbnail of four bytes. */
function makeExifWithThumbnail(): Uint8Array {
  const exif = Buffer.alloc(60)
  exif.write('MM\0*', 0, 'latin1')
  exif.writeUInt32BE(8, 4)
  exif.writeUInt16BE(1, 8)
  exif.set([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0], 10)
  exif.writeUInt32BE(26, 22)
  exif.writeUInt16BE(2, 26)
  exif.set([0x02, 0x01, 0, 4, 0, 0, 0, 1, 0, 0, 0, 56], 28)
  exif.set([0x02, 0x02, 0, 4, 0, 0, 0, 1, 0, 0, 0, 4], 40)
  exif.set([0xff, 0xd8, 0xff, 0xd9], 56)
  return exif
}

test('sets the orientation upright and keeps the rest', async () => {
  const exif = await makeExif()
  expect((await readBack(exif.subarray(6))).orientation).toBe(6)
  const cleaned = cleanExif(exif, { isGpsDropped: false })!
  expect(cleaned.hadGps).toBe(true)
  const metadata = await readBack(cleaned.exif)
  expect(metadata.orientation).toBe(1)
  expect(metadata.exif!.includes('Camera')).toBe(true)
  expect(cleanExif(metadata.exif!, { isGpsDropped: false })!.hadGps).toBe(true)
})

test('a place that is dropped is nowhere in the bytes', async () => {
  const exif = await makeExif()
  const latitude = Buffer.from([51, 0, 0, 0, 1, 0, 0, 0, 30, 0, 0, 0, 1, 0, 0, 0])
  expect(exif.includes(latitude)).toBe(true)
  const { exif: dropped } = cleanExif(exif, { isGpsDropped: true })!
  expect(Buffer.from(dropped).includes(latitude)).toBe(false)
  const metadata = await readBack(dropped)
  expect(metadata.exif!.includes('Camera')).toBe(true)
  expect(cleanExif(metadata.exif!, { isGpsDropped: true })!.hadGps).toBe(false)
})

test('the thumbnail, which shows the picture as it was, is cut off', () => {
  const { exif } = cleanExif(makeExifWithThumbnail(), { isGpsDropped: true })!
  expect(exif).toHaveLength(26)
  expect([...exif.subarray(18, 20)]).toEqual([0, 1])
  expect([...exif.subarray(22, 26)]).toEqual([0, 0, 0, 0])
})

test('what is no EXIF, is cut off or points beyond its end is not carried on', async () => {
  const whole = await makeExif()
  expect(cleanExif(Buffer.from('no exif at all'), { isGpsDropped: true })).toBeUndefined()
  for (let length = 0; length < whole.length - 1; length += 7) {
    const cleaned = cleanExif(whole.subarray(0, length), { isGpsDropped: true })
    expect(cleaned?.exif.length ?? 0).toBeLessThanOrEqual(length)
  }
  const loop = makeExifWithThumbnail()
  loop.set([0, 0, 0, 8], 22)
  expect(() => cleanExif(loop, { isGpsDropped: true })).not.toThrow()
})

/** By hand, little-endian: IFD0 that points to an Exif directory with a width in 32 and a height in 16 bits. */
function makeExifWithSize(): Uint8Array {
  const exif = Buffer.alloc(56)
  exif.write('II*\0', 0, 'latin1')
  exif.writeUInt32LE(8, 4)
  exif.writeUInt16LE(1, 8)
  exif.set([0x69, 0x87, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0], 10)
  exif.writeUInt16LE(2, 26)
  exif.set([0x02, 0xa0, 4, 0, 1, 0, 0, 0, 1, 2, 0, 0], 28)
  exif.set([0x03, 0xa0, 3, 0, 1, 0, 0, 0, 1, 2, 0, 0], 40)
  return exif
}

test('states the size the picture has now, where a size was stated', async () => {
  const resized = Buffer.from(setExifSize(makeExifWithSize(), { width: 80_000, height: 1234 }))
  expect(resized).toHaveLength(56)
  expect([resized.readUInt32LE(36), resized.readUInt16LE(48)]).toEqual([80_000, 1234])
  const without = makeExifWithThumbnail()
  expect(Buffer.compare(setExifSize(without, { width: 1, height: 1 }), without)).toBe(0)
})
