import { beforeAll, expect, it } from 'vitest'
import type { EditRequestInput } from '../../api/edits.ts'
import type { ImageId } from '../../api/images.ts'
import { openSharedEngine } from '../testing/shared-engine.ts'
import { countStarterSteps } from '../testing/starter-pack.ts'

// Edits of a picture with the real starter pack, as a window asks for them.

const BOUNDS = { x: 0, y: 0, width: 150, height: 140 }
const pixelAt = (x: number, y: number) => [(x * 7 + y * 3) & 255, (x * y) & 255, 255 - (x & 255), 255]
const isPainted = (x: number, y: number) => x >= 30 && x < 91 && y >= 40 && y < 97

const engine = await openSharedEngine()
let image: ImageId
let mask: ImageId
beforeAll(async () => {
  image = await engine.paint(BOUNDS, 'rgba8', pixelAt)
  mask = await engine.paint(BOUNDS, 'mask8', (x, y) => [isPainted(x, y) ? 255 : 0])
}, 60_000)

/** Quick ones: few steps, one picture. */
const requests = (): EditRequestInput[] => {
  const common = { image, mask, prompt: 'a forest, watercolor painting', seed: 7, count: 1, steps: 4 }
  return [
    { kind: 'vary', ...common, strength: 0.6 },
    { kind: 'remove', ...common },
    { kind: 'restyle', ...common, rounds: 2 },
    { kind: 'retouch', ...common },
  ]
}
const KINDS = ['vary', 'remove', 'restyle', 'retouch'] as const
const requestOf = (kind: (typeof KINDS)[number]) => requests().find((request) => request.kind === kind)!

/** How many pixels differ from the picture, inside and outside of what is painted. */
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

it.each(KINDS)('%s leaves every pixel outside the mask as it was, and equal requests give equal bytes', async (kind) => {
  const job = await engine.runJob(requestOf(kind))
  expect(job).toMatchObject({ state: 'done', error: null })
  const [candidate] = job.candidates
  const { inside, outside } = await countChanged(candidate!.imageId)
  expect(outside).toBe(0)
  expect(inside).toBeGreaterThan(1000)
  expect(candidate!.receipt).toMatchObject({ strayPixelCount: 0, untouchedPixelCount: BOUNDS.width * BOUNDS.height - inside })
  const again = await engine.runJob(candidate!.recipe.request)
  expect(again.candidates[0]!.imageId).toBe(candidate!.imageId)
}, 60_000)

it('in Halton order draws another picture, and the same again', async () => {
  const asked = { kind: 'generate', prompt: 'a beach', seed: 3, count: 1, steps: 4 } as const
  const [surest, spread] = [await engine.runJob(asked), await engine.runJob({ ...asked, decodingOrder: 'halton' })]
  expect(spread).toMatchObject({ state: 'done', stepCount: countStarterSteps(4) })
  expect(spread.candidates[0]!.imageId).not.toBe(surest.candidates[0]!.imageId)
  expect((await engine.runJob(spread.request)).candidates[0]!.imageId).toBe(spread.candidates[0]!.imageId)
}, 60_000)

it.each(['vary', 'restyle', 'retouch'] as const)('%s without a mask may change all of the picture', async (kind) => {
  const job = await engine.runJob({ ...requestOf(kind), mask: null } as EditRequestInput)
  expect(job).toMatchObject({ state: 'done', request: { mask: null } })
  expect(job.candidates[0]).toMatchObject({ bounds: BOUNDS, receipt: { strayPixelCount: 0, pixelCount: 21_000 } })
  const { inside, outside } = await countChanged(job.candidates[0]!.imageId)
  expect(inside).toBeGreaterThan(1000)
  expect(outside).toBeGreaterThan(1000)
}, 60_000)

it('places a candidate of the whole picture into a later, larger state of it: only what was the picture changes', async () => {
  const job = await engine.runJob({ ...requestOf('vary'), mask: null } as EditRequestInput)
  const larger = { ...BOUNDS, width: 200 }
  const later = await engine.paint(larger, 'rgba8', (x, y) => (x < BOUNDS.width ? pixelAt(x, y) : [1, 2, 3, 255]))
  const placed = await engine.ask<{ imageId: ImageId }>('POST', `/jobs/${job.id}/candidates/0/place`, { imageId: later })
  const shown = await engine.readTile(placed.imageId)
  for (let x = BOUNDS.width; x < larger.width; x++) expect([...shown.subarray(x * 4, x * 4 + 4)]).toEqual([1, 2, 3, 255])
  expect((await countChanged(placed.imageId)).outside).toBeGreaterThan(1000)
}, 60_000)

it.each(KINDS)('%s ends when it is cancelled, within a step', async (kind) => {
  const started = await engine.startJob({ ...requestOf(kind), count: 16, steps: 64 } as EditRequestInput)
  await engine.waitForJob(started.id, ({ step }) => step > 0)
  await engine.send('DELETE', `/jobs/${started.id}`)
  const job = await engine.getJob(started.id)
  expect(job).toMatchObject({ state: 'cancelled', candidates: [] })
  expect(job.step).toBeLessThan(job.stepCount / 4)
}, 60_000)

it('keeping a cancelled retouch keeps what it has changed so far', async () => {
  const started = await engine.startJob({ ...requestOf('retouch'), steps: 64 } as EditRequestInput)
  await engine.waitForJob(started.id, ({ step }) => step > 2)
  await engine.send('DELETE', `/jobs/${started.id}?keep=true`)
  const job = await engine.getJob(started.id)
  expect(job.candidates).toMatchObject([{ isPartial: true, receipt: { strayPixelCount: 0 } }])
  expect(job.candidates[0]!.stepCount).toBeLessThan(64)
}, 60_000)

it.each([
  ['vary', { strength: 0 }],
  ['restyle', { strength: 0 }],
  ['restyle', { prompt: '' }],
  ['retouch', { prompt: '' }],
] as const)('refuses %s with %o before anything is queued', async (kind, change) => {
  await expect(engine.startJob({ ...requestOf(kind), ...change } as EditRequestInput)).rejects.toMatchObject({ code: 'invalid-request' })
})
