import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { makePicture, PICTURE_SIZE } from '../testing/pictures.ts'
import { FORMATS } from './formats.ts'

/** A header that readers take for a profile, larger than one JPEG segment holds. */
async function makeLargeProfile(): Promise<Buffer> {
  const small = (await sharp(await makePicture().withIccProfile('p3').png().toBuffer()).metadata()).icc!
  const large = Buffer.concat([small, randomBytes(150_000 - small.length)])
  large.writeUInt32BE(large.length, 0)
  return large
}

test.each(Object.values(FORMATS))('$id takes a profile of 150 KB and its pixels stay as they were', async (format) => {
  for (const hasAlpha of [false, format.hasAlpha]) {
    const pixels = hasAlpha ? makePicture().ensureAlpha(0.5) : makePicture()
    const plain = new Uint8Array(await format.encode(pixels, 90).toBuffer())
    const iccProfile = await makeLargeProfile()
    const file = Buffer.concat(format.attach(plain, { iccProfile }, { ...PICTURE_SIZE, hasAlpha }))
    const metadata = await sharp(file).metadata()
    expect(Buffer.compare(metadata.icc!, iccProfile)).toBe(0)
    expect(metadata).toMatchObject({ ...PICTURE_SIZE, hasAlpha })
    const decode = (bytes: Uint8Array) => sharp(bytes, { ignoreIcc: true, failOn: 'warning' }).raw().toBuffer()
    expect(Buffer.compare(await decode(file), await decode(plain))).toBe(0)
  }
})

test.each(Object.values(FORMATS))('$id without metadata is the file as it was written', async (format) => {
  const plain = new Uint8Array(await format.encode(makePicture(), 90).toBuffer())
  expect(Buffer.compare(Buffer.concat(format.attach(plain, {}, { ...PICTURE_SIZE, hasAlpha: false })), plain)).toBe(0)
})

test('JPEG leaves out EXIF that does not fit a segment rather than break the file', async () => {
  const plain = new Uint8Array(await makePicture().jpeg().toBuffer())
  const file = Buffer.concat(FORMATS.jpeg.attach(plain, { exif: new Uint8Array(70_000) }, { ...PICTURE_SIZE, hasAlpha: false }))
  expect(Buffer.compare(file, plain)).toBe(0)
})
