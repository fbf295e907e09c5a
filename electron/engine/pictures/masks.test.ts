import sharp from 'sharp'
import { expect, test } from 'vitest'
import { startEngineUnderTest, type EngineUnderTest } from '../testing/engine-under-test.ts'

const RECT = { x: -20, y: 10, width: 300, height: 40 }
const QUERY = new URLSearchParams(Object.entries(RECT).map(([name, value]) => [name, `${value}`]))

function makeGreys(): Uint8Array {
  return Uint8Array.from({ length: RECT.width * RECT.height }, (_, i) => i % 256)
}

function importMask({ ask }: EngineUnderTest, file: Uint8Array) {
  return ask<{ imageId: string; image: object }>('POST', `masks?${QUERY}`, file)
}

async function exportGreys({ send }: EngineUnderTest, imageId: string): Promise<Buffer> {
  const file = Buffer.from(await (await send('POST', `masks/${imageId}/export`)).arrayBuffer())
  expect(await sharp(file).metadata()).toMatchObject({ format: 'png', channels: 1, width: RECT.width, height: RECT.height })
  return sharp(file).toColourspace('b-w').raw().toBuffer()
}

const grey = { width: RECT.width, height: RECT.height, channels: 1 } as const

test('a mask comes back grey for grey, where it was', async () => {
  const engine = await startEngineUnderTest()
  const file = await sharp(makeGreys(), { raw: grey }).toColourspace('b-w').png().toBuffer()
  const { imageId, image } = await importMask(engine, file)
  expect(image).toMatchObject({ bounds: RECT, format: 'mask8' })
  expect(Buffer.compare(await exportGreys(engine, imageId), makeGreys())).toBe(0)
})

test('a coloured picture counts by its brightness, and what is transparent is not repainted', async () => {
  const engine = await startEngineUnderTest()
  const { width, height } = RECT
  const white = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? (i < width * 4 ? 0 : 255) : 255))
  const file = await sharp(white, { raw: { width, height, channels: 4 } }).png().toBuffer()
  const greys = await exportGreys(engine, (await importMask(engine, file)).imageId)
  expect([greys[0], greys[width - 1], greys[width], greys.at(-1)]).toEqual([0, 0, 255, 255])
})

test('a mask of another size is refused, naming both sizes', async () => {
  const engine = await startEngineUnderTest()
  const file = await sharp({ create: { width: 30, height: 40, channels: 3, background: 'white' } }).png().toBuffer()
  await expect(importMask(engine, file)).rejects.toMatchObject({
    code: 'mask-size-differs',
    message: expect.stringMatching(/30 × 40.*300 × 40/s),
    details: { found: { width: 30, height: 40 }, expected: { width: 300, height: 40 } },
  })
})

test('a picture is not exported as a mask', async () => {
  const engine = await startEngineUnderTest()
  const file = await sharp({ create: { width: 3, height: 4, channels: 3, background: 'white' } }).png().toBuffer()
  const { imageId } = await engine.ask<{ imageId: string }>('POST', 'images', file)
  await expect(engine.ask('POST', `masks/${imageId}/export`)).rejects.toMatchObject({ code: 'invalid-request' })
})
