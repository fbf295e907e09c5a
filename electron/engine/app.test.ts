import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aboutSchema } from '../api/about.ts'
import { EngineError } from '../api/errors.ts'
import { TILE_SIZE } from '../api/images.ts'
import { makeTestFolder, startEngineUnderTest } from './testing/engine-under-test.ts'

test('tells what it is and where it keeps its data', async () => {
  const { ask, dataFolder } = await startEngineUnderTest()
  const about = aboutSchema.parse(await ask('GET', 'about'))
  expect(about).toMatchObject({ version: '0.0.0', host: 'command-line', dataFolder })
  expect(about.coreCount).toBeGreaterThan(0)
})

test('one engine has a data folder at a time', async () => {
  const first = await startEngineUnderTest()
  await expect(startEngineUnderTest(first.dataFolder)).rejects.toMatchObject({ code: 'data-folder-in-use' })
  await first.engine.dispose()
  await startEngineUnderTest(first.dataFolder)
})

test('makes its data folder where there is none', async () => {
  const { ask } = await startEngineUnderTest(join(await makeTestFolder(), 'not', 'yet', 'there'))
  expect(await ask('GET', 'documents')).toEqual([])
})

test('every refusal is an EngineError: no such address, no JSON, not as expected', async () => {
  const { engine, ask } = await startEngineUnderTest()
  await expect(ask('GET', 'nowhere')).rejects.toMatchObject({ code: 'not-found' })
  await expect(ask('POST', 'documents', { name: 7 })).rejects.toMatchObject({ code: 'invalid-request', message: expect.stringContaining('name') })
  const broken = await engine.fetch(
    new Request('app://remask/api/documents', { method: 'POST', body: '{"name":', headers: { 'content-type': 'application/json' } }),
  )
  expect(broken.status).toBe(400)
  expect(await EngineError.fromResponse(broken)).toMatchObject({ code: 'invalid-request' })
})

test('takes a blob of a tile’s size and none that is larger', async () => {
  const { ask } = await startEngineUnderTest()
  const largest = new Uint8Array(TILE_SIZE * TILE_SIZE * 8)
  await ask('POST', 'blobs', largest)
  const tooLarge = ask('POST', 'blobs', new Uint8Array(largest.length + 1))
  await expect(tooLarge).rejects.toMatchObject({ code: 'invalid-request', message: expect.stringContaining('too large') })
})

test('a body of which no length is known is stopped at the limit too', async () => {
  const { engine } = await startEngineUnderTest()
  const piece = new Uint8Array(2 ** 20)
  let pieceCount = 0
  const endless = new ReadableStream({
    pull(controller) {
      pieceCount++
      controller.enqueue(piece)
    },
  })
  const request = new Request('app://remask/api/blobs', { method: 'POST', body: endless, duplex: 'half' } as RequestInit)
  expect(await EngineError.fromResponse(await engine.fetch(request))).toMatchObject({ code: 'invalid-request' })
  expect(pieceCount).toBeLessThan(10)
})

test('a mask goes up tile by tile and is found again', async () => {
  const { ask } = await startEngineUnderTest()
  const { hash } = await ask<{ hash: string }>('POST', 'blobs', new Uint8Array(TILE_SIZE * TILE_SIZE).fill(255))
  const mask = {
    bounds: { x: 0, y: 0, width: 256, height: 256 },
    format: 'mask8', iccProfile: null, hasAlpha: false, exif: null, tiles: { '0,0': hash },
  }
  const { imageId } = await ask<{ imageId: string }>('POST', 'tile-images', mask)
  expect(await ask('GET', `images/${imageId}`)).toEqual(mask)
  const missing = ask('POST', 'tile-images', { ...mask, tiles: { '0,0': 'e'.repeat(64) } })
  await expect(missing).rejects.toMatchObject({ code: 'not-found', details: { missing: ['e'.repeat(64)] } })
})
