import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PixelRect } from '../../api/geometry.ts'
import { createBlobStore } from '../storage/blob-store.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { createImageStore, emptyImage } from '../pictures/tile-image-store.ts'
import { readMaskCoverage } from './mask-coverage.ts'

let folder: string
let images: ImageStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remask-coverage-'))
  const open = (name: string) => createBlobStore({ folder: join(folder, name), cacheBytes: 2 ** 24 })
  images = createImageStore({ blobs: open('blobs'), images: open('images') })
})
afterAll(() => rm(folder, { recursive: true }))

const rect = (x: number, y: number, width: number, height: number): PixelRect => ({ x, y, width, height })
const PICTURE = rect(-100, -50, 1000, 700)

async function cover(...areas: PixelRect[]) {
  let mask = emptyImage('mask8', rect(-2000, -2000, 4000, 4000))
  for (const area of areas) {
    mask = await images.writeRegion(mask, area, new Uint8Array(area.width * area.height).fill(1))
  }
  return readMaskCoverage(images, mask, PICTURE)
}

it('is none for an empty mask and for one beside the picture', async () => {
  expect(await cover()).toBeUndefined()
  expect(await cover(rect(900, 0, 50, 50), rect(-150, -60, 50, 200))).toBeUndefined()
})

it('is one pixel where one is painted, however faintly', async () => {
  const coverage = await cover(rect(255, 256, 1, 1))
  expect(coverage!.bounds).toEqual(rect(255, 256, 1, 1))
  expect(coverage!.isAnyMasked(rect(248, 248, 8, 8))).toBe(false)
  expect(coverage!.isAnyMasked(rect(248, 256, 8, 8))).toBe(true)
  expect(coverage!.isAnyMasked(rect(256, 256, 8, 8))).toBe(false)
})

it('ends at the picture’s edge', async () => {
  const coverage = await cover(rect(-150, 10, 100, 20), rect(850, 600, 100, 100))
  expect(coverage!.bounds).toEqual(rect(-100, 10, 1000, 640))
  expect(coverage!.isAnyMasked(rect(-120, 10, 20, 20))).toBe(false)
  expect(coverage!.isAnyMasked(rect(-120, 10, 21, 20))).toBe(true)
})

it('knows the gap between two areas of one tile', async () => {
  const coverage = await cover(rect(10, 10, 20, 20), rect(100, 100, 20, 20))
  expect(coverage!.bounds).toEqual(rect(10, 10, 110, 110))
  expect(coverage!.isAnyMasked(rect(40, 40, 50, 50))).toBe(false)
  expect(coverage!.isAnyMasked(rect(29, 29, 1, 1))).toBe(true)
})
