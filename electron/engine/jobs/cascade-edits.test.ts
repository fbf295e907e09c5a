import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EditRequestInput } from '../../api/edits.ts'
import type { ImageId } from '../../api/images.ts'
import { TINY_CASCADE, writeTinyCascade } from '../../../models/golden/tiny-cascade.ts'
import { openSharedEngine } from '../testing/shared-engine.ts'

// Every edit with a pack of two stages, as a window asks for it.

const packId = TINY_CASCADE.id
const BOUNDS = { x: 0, y: 0, width: 44, height: 36 }
const pixelAt = (x: number, y: number) => [(x * 7 + y * 3) & 255, (x * y) & 255, 255 - (x & 255), 255]
const isPainted = (x: number, y: number) => x >= 10 && x < 23 && y >= 8 && y < 21

const engine = await openSharedEngine((packs) => writeTinyCascade(join(packs, packId)))
let image: ImageId
let mask: ImageId
beforeAll(async () => {
  image = await engine.paint(BOUNDS, 'rgba8', pixelAt)
  mask = await engine.paint(BOUNDS, 'mask8', (x, y) => [isPainted(x, y) ? 255 : 0])
}, 60_000)

const masked = () => ({ packId, image, mask, prompt: 'a red fox', seed: 7, count: 1 }) as const
const MASKED: Record<string, () => EditRequestInput> = {
  inpaint: () => ({ kind: 'inpaint', ...masked() }),
  vary: () => ({ kind: 'vary', ...masked(), strength: 0.6 }),
  remove: () => ({ kind: 'remove', ...masked() }),
  restyle: () => ({ kind: 'restyle', ...masked(), rounds: 2 }),
  retouch: () => ({ kind: 'retouch', ...masked(), share: 0.1, steps: 9 }),
  instruct: () => ({ kind: 'retouch', ...masked(), prompt: 'in watercolor' }),
}

async function countChanged(imageId: ImageId) {
  const shown = await engine.readTile(imageId)
  const changed = { inside: 0, outside: 0 }
  for (let y = 0; y < BOUNDS.height; y++) {
    for (let x = 0; x < BOUNDS.width; x++) {
      const isSame = pixelAt(x, y).every((value, i) => value === shown[(y * 256 + x) * 4 + i])
      if (!isSame) changed[isPainted(x, y) ? 'inside' : 'outside']++
    }
  }
  return changed
}

describe('with a cascade', () => {
  it('a picture is drawn in the steps of both stages, and equal requests give equal bytes', async () => {
    const job = await engine.runJob({ kind: 'generate', packId, prompt: 'a red fox', seed: 3, count: 2 })
    expect(job).toMatchObject({ state: 'done', step: 2 * (6 + 4), stepCount: 2 * (6 + 4) })
    expect(job.candidates.map(({ stepCount }) => stepCount)).toEqual([10, 10])
    const again = await engine.runJob({ kind: 'generate', packId, prompt: 'a red fox', seed: 4, count: 1 })
    expect(again.candidates[0]!.imageId).toBe(job.candidates[1]!.imageId)
  })

  it('candidates carry what the ranker finds: here it likes red', async () => {
    const job = await engine.runJob({ kind: 'generate', packId, prompt: 'a red fox', seed: 3, count: 4 })
    const rednessOf = async (imageId: ImageId) => {
      const shown = await engine.readTile(imageId)
      let sum = 0
      for (let i = 0; i < 32 * 32; i++) sum += shown[(Math.floor(i / 32) * 256 + (i % 32)) * 4]! - shown[(Math.floor(i / 32) * 256 + (i % 32)) * 4 + 2]!
      return sum
    }
    const scored = await Promise.all(job.candidates.map(async ({ imageId, scores }) => [scores!.similarity!, await rednessOf(imageId)] as const))
    expect(new Set(scored.map(([similarity]) => similarity)).size).toBeGreaterThan(1)
    // Half levels are 127.5 of 255: two pictures may differ in how they round.
    const rednesses = scored.toSorted(([a], [b]) => a - b).map(([, redness]) => redness)
    for (const [i, redness] of rednesses.entries()) expect(redness).toBeGreaterThan((rednesses[i - 1] ?? -Infinity) - 1024)
    const wordless = await engine.runJob({ kind: 'generate', packId, seed: 3, count: 1 })
    expect(wordless.candidates[0]!.scores?.similarity ?? null).toBeNull()
  })

  it('an instruction keeps to the picture it is given as the reference', async () => {
    const colour = [255, 0, 128, 255]
    const plain = await engine.paint({ x: 0, y: 0, width: 32, height: 32 }, 'rgba8', () => colour)
    const instructed = await engine.runJob({ kind: 'retouch', packId, image: plain, mask: null, prompt: 'in watercolor', guidanceScale: 1, isColourMatched: false, seed: 1, count: 1 })
    const shown = await engine.readTile(instructed.candidates[0]!.imageId)
    let same = 0
    for (let i = 0; i < 32 * 32; i++) if (shown[(Math.floor(i / 32) * 256 + (i % 32)) * 4] === 255) same++
    expect(same / 1024).toBeGreaterThan(0.5)
  })

  it.each(Object.keys(MASKED))('%s leaves every pixel outside the mask as it was', async (kind) => {
    const job = await engine.runJob(MASKED[kind]!())
    expect(job.state).toBe('done')
    const changed = await countChanged(job.candidates[0]!.imageId)
    expect(changed.outside).toBe(0)
    expect(changed.inside).toBeGreaterThan(0)
  })

  it('an extension keeps the picture and fills the frame', async () => {
    const job = await engine.runJob({ kind: 'outpaint', packId, image, prompt: 'the snow', seed: 1, count: 1, frame: { x: -13, y: 0, width: 70, height: 36 } })
    expect(job.state).toBe('done')
    expect((await countChanged(job.candidates[0]!.imageId)).outside).toBe(0)
    expect(job.candidates[0]!.receipt?.strayPixelCount).toBe(0)
  })

  it('keeping a cancelled retouch shows what has changed on the coarse grid', async () => {
    const started = await engine.startJob({ kind: 'retouch', ...masked(), share: 0.1, steps: 64 })
    await engine.waitForJob(started.id, ({ step }) => step > 8)
    await engine.send('DELETE', `/jobs/${started.id}?keep=true`)
    const [candidate] = (await engine.waitForJob(started.id)).candidates
    const changed = await countChanged(candidate!.imageId)
    expect(changed).toMatchObject({ outside: 0, inside: expect.any(Number) })
    expect(changed.inside).toBeGreaterThan(0)
  })

  it('keeping a cancelled run draws the rest of both stages at once', async () => {
    const started = await engine.startJob({ kind: 'generate', packId, size: { width: 128, height: 128 }, prompt: 'a house', seed: 1, count: 1, steps: 64 })
    await engine.waitForJob(started.id, ({ step }) => step > 0)
    await engine.send('DELETE', `/jobs/${started.id}?keep=true`)
    const job = await engine.waitForJob(started.id)
    expect(job.candidates[0]?.isPartial).toBe(true)
  })
})
