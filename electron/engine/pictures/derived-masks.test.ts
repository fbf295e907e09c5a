import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { widenMask } from '../../api/edge-band.ts'
import type { PixelRect } from '../../api/geometry.ts'
import { createRandom } from '../../../models/sampling/random.ts'
import { createBlobStore } from '../storage/blob-store.ts'
import { invertMask, softenMask } from './derived-masks.ts'
import type { ImageStore } from './image-store.ts'
import { createImageStore, emptyImage } from './tile-image-store.ts'

let folder: string
let images: ImageStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remask-masks-'))
  const open = (name: string) => createBlobStore({ folder: join(folder, name), cacheBytes: 2 ** 24 })
  images = createImageStore({ blobs: open('blobs'), images: open('images') })
})
afterAll(() => rm(folder, { recursive: true }))

const BOUNDS: PixelRect = { x: -40, y: -9, width: 340, height: 290 }
const paint = (strengths: Uint8Array) => images.writeRegion(emptyImage('mask8', BOUNDS), BOUNDS, strengths)
const read = async (mask: Awaited<ReturnType<typeof paint>>) => (await images.readRegion(mask, BOUNDS)) as Uint8Array

it('softens a mask tile by tile as it would the whole', async () => {
  const random = createRandom(3)
  const strengths = new Uint8Array(BOUNDS.width * BOUNDS.height).map(() => (random() < 0.001 ? Math.ceil(random() * 255) : 0))
  const softened = await softenMask(images, await paint(strengths), BOUNDS, 24)
  expect(Buffer.from(await read(softened)).equals(Buffer.from(widenMask(strengths, BOUNDS.width, 24)))).toBe(true)
})

it('inverts a mask within the picture, and tells one that covers nothing of it', async () => {
  const strengths = new Uint8Array(BOUNDS.width * BOUNDS.height).map((_, i) => i % 256)
  const inverted = await invertMask(images, await paint(strengths), BOUNDS)
  expect((await read(inverted!)).every((strength, i) => strength === 255 - strengths[i]!)).toBe(true)
  expect(await invertMask(images, await paint(new Uint8Array(strengths.length)), BOUNDS)).toBeUndefined()
})
