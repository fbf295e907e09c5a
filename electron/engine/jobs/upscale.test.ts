import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { TileImage } from '../../api/images.ts'
import { ONE_STAGE_PACK, writeOneStagePack } from '../../../models/golden/one-stage-pack.ts'
import { TINY_CASCADE, writeTinyCascade } from '../../../models/golden/tiny-cascade.ts'
import { openSharedEngine } from '../testing/shared-engine.ts'

// Enlarging with a super-resolution transformer in miniature.

const packId = TINY_CASCADE.id
const upscale = { kind: 'upscale', packId, prompt: 'a red fox', seed: 5, count: 1 } as const

const engine = await openSharedEngine(async (packs) => {
  await writeTinyCascade(join(packs, packId))
  await writeOneStagePack(join(packs, ONE_STAGE_PACK.id))
})

const meanOf = (pixels: Uint8Array, { width, height }: { width: number; height: number }, channel: number) => {
  let sum = 0
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) sum += pixels[(y * 256 + x) * 4 + channel]!
  return sum / (width * height)
}

it.each([
  ['as large as the model', { x: 0, y: 0, width: 16, height: 16 }],
  ['of no whole cells, worked through in windows', { x: 0, y: 0, width: 45, height: 37 }],
])('doubles a picture %s, in the colours it has', async (_, bounds) => {
  const colour = [200, 90, 40, 255]
  const image = await engine.paint(bounds, 'rgba8', () => colour)
  const job = await engine.runJob({ ...upscale, image })
  expect(job).toMatchObject({ state: 'done', error: null })
  const [candidate] = job.candidates
  const doubled = { x: 0, y: 0, width: bounds.width * 2, height: bounds.height * 2 }
  expect(candidate).toMatchObject({ bounds: doubled, receipt: null })
  const shown = await engine.readTile(candidate!.imageId)
  for (const channel of [0, 1, 2]) expect(Math.abs(meanOf(shown, doubled, channel) - colour[channel]!)).toBeLessThan(12)
  expect(shown[(doubled.height - 1) * 256 * 4 + (doubled.width - 1) * 4 + 3]).toBe(255)
  const again = await engine.runJob(candidate!.recipe.request)
  expect(again.candidates[0]!.imageId).toBe(candidate!.imageId)
})

it('doubles a picture of one pixel', async () => {
  const image = await engine.paint({ x: 0, y: 0, width: 1, height: 1 }, 'rgba8', () => [9, 9, 9, 255])
  const job = await engine.runJob({ ...upscale, image })
  expect(job.candidates[0]).toMatchObject({ bounds: { x: 0, y: 0, width: 2, height: 2 } })
})

it('draws finer tokens over the picture’s own: only the last stage has steps, and the picture’s layout stays', async () => {
  const image = await engine.paint({ x: 0, y: 0, width: 32, height: 32 }, 'rgba8', (x) => (x < 16 ? [255, 0, 0, 255] : [0, 0, 255, 255]))
  const job = await engine.runJob({ ...upscale, image })
  const windowCount = job.stepCount / 4
  expect(Number.isInteger(windowCount)).toBe(true)
  const shown = await engine.readTile(job.candidates[0]!.imageId)
  const left = [0, 2].map((channel) => meanOf(shown, { width: 32, height: 64 }, channel))
  const right = [0, 2].map((channel) => 2 * meanOf(shown, { width: 64, height: 64 }, channel) - meanOf(shown, { width: 32, height: 64 }, channel))
  expect(left[0]).toBeGreaterThan(left[1]! + 100)
  expect(right[1]).toBeGreaterThan(right[0]! + 100)
})

it('keeps opacity, depth and place of a picture that begins below 0', async () => {
  const bounds = { x: -20, y: -6, width: 40, height: 30 }
  const image = await engine.paint(bounds, 'rgba16', (x) => [1, 2, 3, 4, 5, 6, ...(x < 0 ? [0, 128] : [255, 255])])
  const transparent = await engine.ask<TileImage>('GET', `/images/${image}`)
  const { imageId } = await engine.ask<{ imageId: string }>('POST', '/tile-images', { ...transparent, hasAlpha: true })
  const job = await engine.runJob({ ...upscale, image: imageId })
  const { bounds: doubled, imageId: large } = job.candidates[0]!
  expect(doubled).toEqual({ x: -40, y: -12, width: 80, height: 60 })
  expect(await engine.ask<TileImage>('GET', `/images/${large}`)).toMatchObject({ format: 'rgba16', hasAlpha: true })
  expect((await engine.readTile(large, '-1,0'))[(10 * 256 + 230) * 4 + 3]).toBe(128)
  expect((await engine.readTile(large, '0,0'))[(10 * 256 + 20) * 4 + 3]).toBe(255)
})

it('is refused where the pack has no super-resolution transformer, naming one that has', async () => {
  const image = await engine.paint({ x: 0, y: 0, width: 16, height: 16 }, 'rgba8', () => [1, 2, 3, 255])
  await expect(engine.startJob({ ...upscale, packId: ONE_STAGE_PACK.id, image })).rejects.toMatchObject({
    code: 'pack-cannot-edit', message: expect.stringMatching(/One stage.*Choose .*ascade/),
  })
})
