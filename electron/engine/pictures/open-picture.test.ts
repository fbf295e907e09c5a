import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { importedImageSchema, type ImportedImage } from '../../api/images.ts'
import { jpegFormat } from '../formats/jpeg.ts'
import { makeTestFolder, startEngineUnderTest, type EngineUnderTest } from '../testing/engine-under-test.ts'
import { makePicture, makePngHead, makeRgb, PICTURE_SIZE } from '../testing/pictures.ts'

async function open({ ask }: EngineUnderTest, file: Uint8Array, name = 'picture'): Promise<ImportedImage> {
  return importedImageSchema.parse(await ask('POST', `images?name=${name}`, file))
}

async function exportPng({ send }: EngineUnderTest, imageId: string): Promise<Buffer> {
  return Buffer.from(await (await send('POST', 'exports', { imageId, format: 'png' })).arrayBuffer())
}

test('opens PNG, JPEG, WebP, GIF, TIFF and AVIF by what they are, whatever their names say', async () => {
  const engine = await startEngineUnderTest()
  for (const format of ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const) {
    const { image, name } = await open(engine, await makePicture().toFormat(format).toBuffer(), 'holiday.txt')
    expect(image).toMatchObject({ bounds: { x: 0, y: 0, ...PICTURE_SIZE }, format: 'rgba8', hasAlpha: false })
    expect(name).toBe('holiday.txt')
  }
})

test('the pixels of a PNG are those of the file', async () => {
  const engine = await startEngineUnderTest()
  const { imageId } = await open(engine, await makePicture().png().toBuffer())
  const pixels = await sharp(await exportPng(engine, imageId)).raw().toBuffer()
  expect(Buffer.compare(pixels, makeRgb())).toBe(0)
})

test('keeps a profile and the pixels in its colours, and shows them in sRGB', async () => {
  const engine = await startEngineUnderTest()
  const file = await makePicture().withIccProfile('p3').png().toBuffer()
  const { imageId, image } = await open(engine, file)
  expect(image.iccProfile).not.toBeNull()

  const exported = await exportPng(engine, imageId)
  expect((await sharp(exported).metadata()).icc).toEqual((await sharp(file).metadata()).icc)
  const stored = (picture: Buffer) => sharp(picture, { ignoreIcc: true }).raw().toBuffer()
  expect(Buffer.compare(await stored(exported), await stored(file))).toBe(0)

  const tile = new Uint8Array(await (await engine.send('GET', `images/${imageId}/tiles/0/0,0`)).arrayBuffer())
  const asShown = await sharp(file).ensureAlpha().raw().toBuffer()
  for (let row = 0; row < PICTURE_SIZE.height; row++) {
    const shown = asShown.subarray(row * PICTURE_SIZE.width * 4, (row + 1) * PICTURE_SIZE.width * 4)
    expect(Buffer.compare(tile.subarray(row * 1024, row * 1024 + shown.length), shown)).toBe(0)
  }
})

test('a picture without a usable RGB profile is converted: CMYK, grey, a damaged profile', async () => {
  const engine = await startEngineUnderTest()
  const grey = await makePicture().greyscale().toColourspace('b-w').png().toBuffer()
  const cmyk = await makePicture().withIccProfile('cmyk').jpeg({ quality: 100 }).toBuffer()
  const plain = new Uint8Array(await makePicture().jpeg().toBuffer())
  const damaged = Buffer.concat(jpegFormat.attach(plain, { iccProfile: new Uint8Array(500).fill(7) }, { ...PICTURE_SIZE, hasAlpha: false }))
  for (const file of [grey, cmyk, damaged]) {
    const { imageId, image } = await open(engine, file)
    expect(image).toMatchObject({ iccProfile: null, format: 'rgba8' })
    const expected = await sharp(file).toColourspace('srgb').raw().toBuffer()
    const pixels = await sharp(await exportPng(engine, imageId)).removeAlpha().raw().toBuffer()
    expect(Buffer.compare(pixels, expected)).toBe(0)
  }
})

test('turns a picture once as its EXIF says and calls it upright', async () => {
  const engine = await startEngineUnderTest()
  const file = await makePicture().withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer()
  const { imageId, image } = await open(engine, file)
  expect(image.bounds).toEqual({ x: 0, y: 0, width: PICTURE_SIZE.height, height: PICTURE_SIZE.width })
  const exported = await exportPng(engine, imageId)
  expect((await sharp(exported).metadata()).orientation).toBe(1)
  const upright = await sharp(file).autoOrient().raw().toBuffer()
  expect(Buffer.compare(await sharp(exported).autoOrient().raw().toBuffer(), upright)).toBe(0)
})

test('keeps alpha, and the colours of what is transparent; an alpha channel that is all opaque counts as none', async () => {
  const engine = await startEngineUnderTest()
  const rgba = Uint8Array.from({ length: 16 * 16 * 4 }, (_, i) => (i * 7) & 255)
  const raw = { width: 16, height: 16, channels: 4 } as const
  const { imageId, image } = await open(engine, await sharp(rgba, { raw }).png().toBuffer())
  expect(image.hasAlpha).toBe(true)
  expect(Buffer.compare(await sharp(await exportPng(engine, imageId)).raw().toBuffer(), rgba)).toBe(0)

  const opaque = rgba.map((value, i) => (i % 4 === 3 ? 255 : value))
  expect((await open(engine, await sharp(opaque, { raw }).png().toBuffer())).image.hasAlpha).toBe(false)
})

test('a 16-bit PNG keeps its 16 bits, with and without alpha and profile', async () => {
  const engine = await startEngineUnderTest()
  for (const channels of [3, 4] as const) {
    for (const profile of [undefined, 'p3']) {
      const values = Uint16Array.from({ length: 20 * 20 * channels }, (_, i) => (i * 1237) & 0xffff)
      const plain = sharp(values, { raw: { width: 20, height: 20, channels } }).toColourspace('rgb16')
      const file = await (profile ? plain.withIccProfile(profile) : plain).png().toBuffer()
      const { imageId, image } = await open(engine, file)
      expect(image).toMatchObject({ format: 'rgba16', hasAlpha: channels === 4 })
      const decode = (picture: Buffer) =>
        sharp(picture, { ignoreIcc: true }).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer()
      const exported = await exportPng(engine, imageId)
      expect(await sharp(exported).metadata()).toMatchObject({ depth: 'ushort', channels })
      expect(Buffer.compare(await decode(exported), await decode(file))).toBe(0)
      if (!profile) expect(Buffer.compare(await decode(exported), Buffer.from(values.buffer))).toBe(0)
    }
  }
})

test('says when a picture knows where it was taken', async () => {
  const engine = await startEngineUnderTest()
  const taken = makePicture().withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
  expect((await open(engine, await taken.jpeg().toBuffer())).hasGps).toBe(true)
  expect((await open(engine, await makePicture().jpeg().toBuffer())).hasGps).toBe(false)
})

test('refuses what is no picture, cut off, empty or a drawing program, each with a sentence that helps', async () => {
  const engine = await startEngineUnderTest()
  const fake = open(engine, Buffer.from('PNG? No, a letter.'), 'letter.png')
  await expect(fake).rejects.toMatchObject({ code: 'file-unreadable', message: expect.stringContaining('not a picture') })
  await expect(open(engine, new Uint8Array(0))).rejects.toMatchObject({ code: 'image-empty' })
  await expect(open(engine, makePngHead(0, 10))).rejects.toMatchObject({ code: expect.stringMatching(/image-empty|file-unreadable/) })
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>')
  await expect(open(engine, svg)).rejects.toMatchObject({ code: 'file-unreadable' })
  for (const format of ['png', 'jpeg', 'webp'] as const) {
    const file = await makePicture().toFormat(format).toBuffer()
    const cutOff = open(engine, file.subarray(0, Math.floor(file.length * 0.6)))
    await expect(cutOff, format).rejects.toMatchObject({ code: 'file-unreadable' })
  }
})

test('refuses more than 100 megapixels before decoding, naming the limit', async () => {
  const engine = await startEngineUnderTest()
  const tooLarge = open(engine, makePngHead(20_000, 10_000))
  await expect(tooLarge).rejects.toMatchObject({
    code: 'image-too-large',
    message: expect.stringMatching(/20000 × 10000 .*200 megapixels.*100\s+megapixels/s),
  })
})

test('opens a file the host registered, and nothing else', async () => {
  const underTest = await startEngineUnderTest()
  const path = join(await makeTestFolder(), 'dog.png')
  await writeFile(path, await makePicture().png().toBuffer())
  const fileId = underTest.engine.files.registerForOpening(path)
  expect(await underTest.ask('POST', `files/${fileId}/image`)).toMatchObject({ name: 'dog.png' })
  const byPath = underTest.ask('POST', `files/${encodeURIComponent(path)}/image`)
  await expect(byPath).rejects.toMatchObject({ code: 'not-found' })
  const gone = underTest.engine.files.registerForOpening(`${path}.gone`)
  await expect(underTest.ask('POST', `files/${gone}/image`)).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringContaining('no longer there'),
  })
})
