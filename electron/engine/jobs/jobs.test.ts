import { describe, expect, it } from 'vitest'
import { packSummarySchema } from '../../api/packs.ts'
import { TILE_SIZE } from '../../api/images.ts'
import { jobSchema } from '../../api/jobs.ts'
import { openSharedEngine } from '../testing/shared-engine.ts'
import { countStarterSteps, STARTER } from '../testing/starter-pack.ts'

const engine = await openSharedEngine()

const PROMPT = { prompt: 'a lake at sunset', seed: 7 }
const { width, height, steps, guidanceScale } = STARTER.defaults

describe('creating', () => {
  it('makes the pictures that were asked for, with every default filled in', async () => {
    const job = await engine.runJob({ kind: 'generate', prompt: 'a beach', count: 2 })
    jobSchema.parse(job)
    expect(job).toMatchObject({ state: 'done', phase: 'ended', secondsLeft: null, error: null })
    expect(job.request).toMatchObject({
      packId: 'starter', seed: expect.any(Number), steps, guidanceScale, size: { width, height },
    })
    expect(job.candidates.map(({ index }) => index)).toEqual([0, 1])
    expect(job.candidates[0]).toMatchObject({ bounds: { x: 0, y: 0, width, height }, receipt: null, isPartial: false })
    expect(job.candidates[1]!.recipe.request).toMatchObject({ seed: (job.request.seed! + 1) % 2 ** 32, count: 1 })
    expect(job.step).toBe(job.stepCount)
  }, 60_000)

  it('makes equal bytes of equal requests', async () => {
    const first = await engine.runJob({ kind: 'generate', ...PROMPT, count: 1 })
    const second = await engine.runJob(first.request)
    expect(second.candidates[0]!.imageId).toBe(first.candidates[0]!.imageId)
    expect(second.candidates[0]!.patch).toBe(first.candidates[0]!.patch)
  }, 60_000)

  it('makes candidate 2 of 4 as a run of its own does', async () => {
    const four = await engine.runJob({ kind: 'generate', ...PROMPT, count: 4 })
    const alone = await engine.runJob(four.candidates[1]!.recipe.request)
    expect(alone.candidates).toHaveLength(1)
    expect(alone.candidates[0]!.imageId).toBe(four.candidates[1]!.imageId)
    expect(new Set(four.candidates.map(({ imageId }) => imageId)).size).toBe(4)
  }, 60_000)

  it('works through a size beyond the model’s grid in windows, and cuts to the pixel', async () => {
    const size = { width: width + 73, height: height + 3 }
    const job = await engine.runJob({ kind: 'generate', ...PROMPT, size, count: 1 })
    expect(job.candidates[0]!.bounds).toEqual({ x: 0, y: 0, ...size })
    const { bounds, tiles } = await engine.ask<{ bounds: object; tiles: object }>('GET', `/images/${job.candidates[0]!.imageId}`)
    expect(bounds).toEqual({ x: 0, y: 0, ...size })
    expect(Object.keys(tiles)).toHaveLength(Math.ceil(size.width / TILE_SIZE) * Math.ceil(size.height / TILE_SIZE))
    expect(job.stepCount).toBeGreaterThan(countStarterSteps())
  }, 60_000)

  it('refuses a pack it does not have and a size it does not take', async () => {
    await expect(engine.startJob({ kind: 'generate', packId: 'nobodys' })).rejects.toMatchObject({ code: 'pack-not-installed' })
    await expect(engine.startJob({ kind: 'generate', size: { width: 20_000, height: 10_000 } })).rejects.toMatchObject({
      code: 'image-too-large',
    })
    await expect(engine.startJob({ kind: 'generate' }, 'no-document')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('repainting', () => {
  const bounds = { x: 0, y: 0, width: 200, height: 180 }
  const pixelAt = (x: number, y: number) => [(x * 7 + y * 3) & 255, (x * y) & 255, 255 - (x & 255), 255]
  const isPainted = (x: number, y: number) => x >= 60 && x < 101 && y >= 40 && y < 77

  it('leaves every pixel outside the mask as it was, and says so', async () => {
    const image = await engine.paint(bounds, 'rgba8', pixelAt)
    const mask = await engine.paint(bounds, 'mask8', (x, y) => [isPainted(x, y) ? 255 : 0])
    const job = await engine.runJob({ kind: 'inpaint', image, mask, ...PROMPT, count: 2 })
    expect(job).toMatchObject({ state: 'done', request: { steps: expect.any(Number) } })
    expect(job.request.steps).toBeLessThan(steps)
    for (const candidate of job.candidates) {
      expect(candidate.receipt).toMatchObject({ pixelCount: 36_000, strayPixelCount: 0 })
      expect(candidate.receipt!.untouchedPixelCount).toBeGreaterThanOrEqual(36_000 - 41 * 37)
      const shown = await engine.readTile(candidate.imageId)
      let changedCount = 0
      for (let y = 0; y < bounds.height; y++) {
        for (let x = 0; x < bounds.width; x++) {
          const pixel = [...shown.subarray((y * 256 + x) * 4, (y * 256 + x) * 4 + 4)]
          const isSame = pixelAt(x, y).every((value, i) => value === pixel[i])
          if (!isSame) changedCount++
          if (!isSame && !isPainted(x, y)) expect.fail(`pixel ${x}, ${y} changed`)
        }
      }
      expect(changedCount).toBe(36_000 - candidate.receipt!.untouchedPixelCount)
      expect(changedCount).toBeGreaterThan(1000)
    }
  }, 60_000)

  it('places a candidate into a later state of the picture', async () => {
    const image = await engine.paint(bounds, 'rgba8', pixelAt)
    const later = await engine.paint(bounds, 'rgba8', (x, y) => (x > 150 ? [1, 2, 3, 255] : pixelAt(x, y)))
    const mask = await engine.paint(bounds, 'mask8', (x, y) => [isPainted(x, y) ? 255 : 0])
    const job = await engine.runJob({ kind: 'inpaint', image, mask, ...PROMPT, count: 1 })
    const place = `/jobs/${job.id}/candidates/0/place`
    const placed = await engine.ask<{ imageId: string; receipt: object }>('POST', place, { imageId: later })
    expect(placed.receipt).toMatchObject({ strayPixelCount: 0 })
    const shown = await engine.readTile(placed.imageId)
    expect([...shown.subarray(160 * 4, 161 * 4)]).toEqual([1, 2, 3, 255])
    const own = await engine.readTile(job.candidates[0]!.imageId)
    const middle = (60 * 256 + 80) * 4
    expect([...shown.subarray(middle, middle + 4)]).toEqual([...own.subarray(middle, middle + 4)])
  }, 60_000)

  it.each([
    ['an empty mask', () => 0, bounds],
    ['a mask beside the picture', () => 255, { ...bounds, x: 400 }],
  ])('refuses %s', async (_, at, maskBounds) => {
    const image = await engine.paint(bounds, 'rgba8', pixelAt)
    const mask = await engine.paint(maskBounds, 'mask8', () => [at()])
    await expect(engine.startJob({ kind: 'inpaint', image, mask })).rejects.toMatchObject({ code: 'mask-empty' })
  })

  it('refuses a picture for a mask and a mask for a picture', async () => {
    const image = await engine.paint(bounds, 'rgba8', pixelAt)
    const mask = await engine.paint(bounds, 'mask8', () => [255])
    await expect(engine.startJob({ kind: 'inpaint', image, mask: image })).rejects.toMatchObject({ code: 'invalid-request' })
    await expect(engine.startJob({ kind: 'inpaint', image: mask, mask })).rejects.toMatchObject({ code: 'invalid-request' })
    await expect(engine.startJob({ kind: 'inpaint', image: 'f'.repeat(64), mask })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('extending', () => {
  const bounds = { x: 0, y: 0, width: 128, height: 128 }

  it('fills the frame and leaves the picture, with what is painted in the same edit', async () => {
    const image = await engine.paint(bounds, 'rgba8', (x, y) => [x, y, 90, 255])
    const mask = await engine.paint(bounds, 'mask8', (x, y) => [x < 30 && y < 30 ? 255 : 0])
    const frame = { x: -20, y: 0, width: 190, height: 128 }
    const job = await engine.runJob({ kind: 'outpaint', image, frame, mask, ...PROMPT, count: 1 })
    const [candidate] = job.candidates
    expect(candidate!.bounds).toEqual(frame)
    expect(candidate!.receipt).toMatchObject({ pixelCount: 16_384, strayPixelCount: 0 })
    expect(candidate!.receipt!.untouchedPixelCount).toBeGreaterThanOrEqual(16_384 - 900)
    const shown = await engine.readTile(candidate!.imageId)
    for (let x = 0; x < 170; x++) expect(shown[(64 * 256 + x) * 4 + 3]).toBe(255)
    expect([...shown.subarray((64 * 256 + 50) * 4, (64 * 256 + 50) * 4 + 3)]).toEqual([50, 64, 90])
  }, 60_000)

  it('refuses a frame that cuts the picture, and one that adds nothing', async () => {
    const image = await engine.paint(bounds, 'rgba8', () => [9, 9, 9, 255])
    await expect(engine.startJob({ kind: 'outpaint', image, frame: { ...bounds, x: 5 } })).rejects.toMatchObject({
      code: 'invalid-request',
    })
    await expect(engine.startJob({ kind: 'outpaint', image, frame: bounds })).rejects.toMatchObject({ code: 'mask-empty' })
  })
})

describe('while a job runs', () => {
  const long = { kind: 'generate', ...PROMPT, count: 16, steps: 40 } as const

  it('tells of steps, seconds left, previews and candidates, a snapshot first', async () => {
    const events = engine.collectEvents('one', (event) => event.type === 'job' && event.job.state === 'done')
    const job = await engine.startJob({ kind: 'generate', ...PROMPT, count: 2 })
    const heard = await events
    expect(heard[0]).toMatchObject({ type: 'snapshot', model: { packId: 'starter' } })
    const states = heard.filter((event) => event.type === 'job' && event.job.id === job.id).map((event) => event.type === 'job' ? event.job : job)
    const taken = states.map(({ step }) => step)
    expect(taken).toEqual([...taken].sort((a, b) => a - b))
    const stepCount = 2 * countStarterSteps()
    expect(states.find(({ step }) => step === 1)!.secondsLeft).toBeGreaterThan(0)
    expect(states.at(-1)).toMatchObject({ step: stepCount, stepCount, candidates: [{ index: 0 }, { index: 1 }] })
    // Known from the earlier jobs of this file.
    expect(job.secondsLeft).toBeGreaterThan(0)
    expect(heard.filter(({ type }) => type === 'preview').length).toBeGreaterThan(5)
  }, 60_000)

  it('shows the newest preview of a candidate', async () => {
    const { id } = await engine.startJob(long)
    await engine.waitForJob(id, ({ step }) => step >= 3)
    const response = await engine.send('GET', `/jobs/${id}/previews/0`)
    const width = Number(response.headers.get('remask-width'))
    const height = Number(response.headers.get('remask-height'))
    expect((await response.arrayBuffer()).byteLength).toBe(width * height * 3)
    await engine.ask('DELETE', `/jobs/${id}`)
    expect((await engine.send('GET', `/jobs/${id}/previews/0`)).status).toBe(204)
  }, 60_000)

  it('stops within a step', async () => {
    const { id } = await engine.startJob(long)
    const before = await engine.waitForJob(id, ({ step }) => step >= 2)
    const job = await engine.ask<typeof before>('DELETE', `/jobs/${id}`)
    expect(job).toMatchObject({ state: 'cancelled', candidates: [], phase: 'ended' })
    // The step in progress, and what had been taken while the request came in.
    expect(job.step - before.step).toBeLessThanOrEqual(4)
    expect(engine.processes).toHaveLength(1)
  }, 60_000)

  it('keeps what is there when asked to', async () => {
    const { id } = await engine.startJob({ ...long, count: 2 })
    await engine.waitForJob(id, ({ step }) => step >= 4)
    const job = await engine.ask<{ state: string; candidates: { isPartial: boolean }[] }>('DELETE', `/jobs/${id}?keep=true`)
    expect(job.state).toBe('cancelled')
    expect(job.candidates.length).toBeGreaterThan(0)
    expect(job.candidates[0]!.isPartial).toBe(true)
  }, 60_000)

  it('lets others wait, and drops one that waits at once', async () => {
    const first = await engine.startJob(long)
    const second = await engine.startJob({ ...long, count: 1 })
    expect(await engine.getJob(second.id)).toMatchObject({ state: 'queued', phase: 'waiting' })
    expect(await engine.ask('DELETE', `/jobs/${second.id}`)).toMatchObject({ state: 'cancelled' })
    expect(await engine.ask('DELETE', `/jobs/${first.id}`)).toMatchObject({ state: 'cancelled' })
  }, 60_000)
})

describe('packs', () => {
  it('are listed and verified, and read a prompt', async () => {
    const packs = await engine.ask<unknown[]>('GET', '/packs')
    expect(packs.map((pack) => packSummarySchema.parse(pack).id)).toEqual(['starter'])
    const { files } = await engine.ask<{ files: { isIntact: boolean }[] }>('POST', '/packs/starter/verify')
    expect(files.length).toBeGreaterThan(3)
    expect(files.every(({ isIntact }) => isIntact)).toBe(true)
    const check = await engine.ask<{ cutAt: null; unknownWords: { word: string; start: number }[] }>(
      'POST', '/packs/starter/check-prompt', { prompt: 'a beach and xqzzy' },
    )
    expect(check).toMatchObject({ cutAt: null, unknownWords: [{ word: 'xqzzy', start: 12, end: 17 }] })
  })
})
