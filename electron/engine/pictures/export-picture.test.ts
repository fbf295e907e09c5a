import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { recipeSchema } from '../../api/edits.ts'
import type { ImportedImage } from '../../api/images.ts'
import { makeTestFolder, startEngineUnderTest, type EngineUnderTest } from '../testing/engine-under-test.ts'
import { makePicture, PICTURE_SIZE } from '../testing/pictures.ts'

const FORMATS = ['png', 'jpeg', 'webp'] as const

const RECIPE = recipeSchema.parse({
  program: 'Remask',
  packId: 'starter',
  packVersion: '1.0.0',
  request: { kind: 'generate', prompt: 'a "red" <lake> & größer 湖', seed: 4_294_967_295, count: 1 },
})

async function open({ ask }: EngineUnderTest, picture: Sharp | Uint8Array): Promise<ImportedImage> {
  const file = picture instanceof Uint8Array ? picture : await picture.toBuffer()
  return ask('POST', 'images', file)
}

async function exportFile({ send }: EngineUnderTest, options: object): Promise<Buffer> {
  return Buffer.from(await (await send('POST', 'exports', options)).arrayBuffer())
}

const withGps = () =>
  makePicture().withExif({
    IFD0: { Make: 'Camera', ImageDescription: 'A walk' },
    IFD2: { PixelXDimension: '4000' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 7/1' },
  })

test.each(FORMATS)('a %s carries its recipe, which opening it reads back', async (format) => {
  const engine = await startEngineUnderTest()
  const { imageId, recipe } = await open(engine, makePicture().png())
  expect(recipe).toBeNull()
  const file = await exportFile(engine, { imageId, format, recipe: RECIPE })
  expect((await open(engine, file)).recipe).toEqual(RECIPE)
  expect((await sharp(file).metadata()).format).toBe(format)
  const without = await exportFile(engine, { imageId, format, recipe: RECIPE, keepRecipe: false })
  expect((await open(engine, without)).recipe).toBeNull()
  expect(without.includes('größer')).toBe(false)
})

test.each(FORMATS)('a %s carries profile, EXIF and recipe together, and any program can read them', async (format) => {
  const engine = await startEngineUnderTest()
  const original = await withGps().withIccProfile('p3').jpeg().toBuffer()
  const { imageId } = await open(engine, original)
  const file = await exportFile(engine, { imageId, format, recipe: RECIPE })
  const metadata = await sharp(file).metadata()
  expect(metadata).toMatchObject(PICTURE_SIZE)
  expect(metadata.icc).toEqual((await sharp(original).metadata()).icc)
  expect(metadata.exif!.includes('Camera')).toBe(true)
  expect(metadata.exif!.includes('A walk')).toBe(true)
  expect(Buffer.from(metadata.xmp!).toString()).toContain('<xmp:CreatorTool>Remask</xmp:CreatorTool>')
  await sharp(file, { failOn: 'warning' }).raw().toBuffer()
})

test.each(FORMATS)('a %s says where it was taken only when that was chosen', async (format) => {
  const engine = await startEngineUnderTest()
  const { imageId } = await open(engine, withGps().jpeg())
  const reopened = async (keepGps: boolean) => open(engine, await exportFile(engine, { imageId, format, keepGps }))
  expect((await reopened(false)).hasGps).toBe(false)
  expect((await reopened(true)).hasGps).toBe(true)
})

test('JPEG puts white behind what is transparent; PNG and WebP keep it', async () => {
  const engine = await startEngineUnderTest()
  const clear = { width: 16, height: 16, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0 } } as const
  const { imageId } = await open(engine, sharp({ create: clear }).png())
  const first = async (format: string) => [...(await sharp(await exportFile(engine, { imageId, format })).raw().toBuffer())]
  expect((await first('jpeg')).slice(0, 3)).toEqual([255, 255, 255])
  expect((await first('png')).slice(0, 4)).toEqual([200, 0, 0, 0])
  expect((await first('webp'))[3]).toBe(0)
})

test('a 16-bit picture exported with 8 bits looks the same', async () => {
  const engine = await startEngineUnderTest()
  const values = Uint16Array.from({ length: 32 * 32 * 4 }, (_, i) => (i % 4 === 3 ? 65_535 : 30_000))
  const deep = sharp(values, { raw: { width: 32, height: 32, channels: 4 } }).toColourspace('rgb16').png()
  const { imageId } = await open(engine, deep)
  for (const format of ['jpeg', 'webp']) {
    const pixels = await sharp(await exportFile(engine, { imageId, format, quality: 100 })).raw().toBuffer()
    expect(Math.abs(pixels[0]! - 30_000 / 257)).toBeLessThan(3)
  }
})

test('a picture extended to the left is exported from its new edge', async () => {
  const engine = await startEngineUnderTest()
  const { image } = await open(engine, makePicture().png())
  const bounds = { x: -30, y: 0, width: PICTURE_SIZE.width + 30, height: PICTURE_SIZE.height }
  const { imageId } = await engine.ask<ImportedImage>('POST', 'tile-images', { ...image, bounds, hasAlpha: true })
  const { data, info } = await sharp(await exportFile(engine, { imageId, format: 'png' })).raw().toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: 100, height: 50 })
  expect([...data.subarray(0, 4)]).toEqual([0, 0, 0, 0])
  expect([...data.subarray(31 * 4, 32 * 4)]).toEqual([3, 0, 7, 255])
})

test('writes to the place the user chose, and leaves nothing where it cannot', async () => {
  const engine = await startEngineUnderTest()
  const folder = await makeTestFolder()
  const { imageId } = await open(engine, makePicture().png())
  const path = join(folder, 'out.png')
  const fileId = engine.engine.files.registerForSaving(path)
  expect(await engine.ask('POST', 'exports', { imageId, format: 'png', fileId })).toEqual({ name: 'out.png' })
  expect((await sharp(await readFile(path)).metadata()).width).toBe(PICTURE_SIZE.width)

  const isFolder = join(folder, 'taken.png')
  await mkdir(isFolder)
  for (const place of [isFolder, join(folder, 'no', 'such', 'folder.png')]) {
    const refused = engine.ask('POST', 'exports', { imageId, format: 'png', fileId: engine.engine.files.registerForSaving(place) })
    await expect(refused).rejects.toMatchObject({ code: 'file-unwritable' })
  }
  expect((await readdir(folder)).sort()).toEqual(['out.png', 'taken.png'])
})

test('does not write to a file that was only opened, nor to a path', async () => {
  const engine = await startEngineUnderTest()
  const { imageId } = await open(engine, makePicture().png())
  const opened = engine.engine.files.registerForOpening('/tmp/some-picture.png')
  for (const fileId of [opened, '/tmp/some-picture.png']) {
    await expect(engine.ask('POST', 'exports', { imageId, format: 'png', fileId })).rejects.toMatchObject({ code: 'not-found' })
  }
})

test('says which side is too long for a format', async () => {
  const engine = await startEngineUnderTest()
  const long = { width: 17_000, height: 2, channels: 3, background: 'red' } as const
  const { imageId } = await open(engine, sharp({ create: long }).png())
  const webp = engine.ask('POST', 'exports', { imageId, format: 'webp' })
  await expect(webp).rejects.toMatchObject({ code: 'image-too-large', message: expect.stringContaining('16383') })
  await exportFile(engine, { imageId, format: 'jpeg' })
})
