import { describe, expect, it } from 'vitest'
import { editRequestSchema, type EditKind, type EditRequestInput } from '../../api/edits.ts'
import type { PixelRect } from '../../api/geometry.ts'
import type { ImageId } from '../../api/images.ts'
import type { Job } from '../../api/jobs.ts'
import { openSharedEngine } from '../testing/shared-engine.ts'

// What people do by accident, for every edit of a picture, with the real starter pack.

const engine = await openSharedEngine()

const pixelAt = (x: number, y: number) => [(x * 7 + y * 3) & 255, (x * y) & 255, 255 - (x & 255), 255]
const rect = (x: number, y: number, width: number, height: number): PixelRect => ({ x, y, width, height })
const isIn = ({ x, y, width, height }: PixelRect, px: number, py: number) => px >= x && py >= y && px < x + width && py < y + height

const putPicture = (bounds: PixelRect) => engine.paint(bounds, 'rgba8', pixelAt)
const putMask = (bounds: PixelRect, painted: PixelRect) => engine.paint(bounds, 'mask8', (x, y) => [isIn(painted, x, y) ? 255 : 0])

interface Asked {
  readonly image: ImageId
  readonly bounds: PixelRect
  readonly mask: ImageId
}
/** Each as quick as can be. */
const common = { prompt: 'a forest', seed: 7, count: 1, steps: 1 }
const EDITS = {
  'inpaint': ({ image, mask }: Asked) => ({ kind: 'inpaint', image, mask, ...common }),
  'outpaint': ({ image, mask, bounds }: Asked) => ({ kind: 'outpaint', image, mask, frame: { ...bounds, width: bounds.width + 9 }, ...common }),
  'vary': ({ image, mask }: Asked) => ({ kind: 'vary', image, mask, ...common }),
  'remove': ({ image, mask }: Asked) => ({ kind: 'remove', image, mask, ...common }),
  'restyle': ({ image, mask }: Asked) => ({ kind: 'restyle', image, mask, rounds: 1, ...common }),
  'retouch': ({ image, mask }: Asked) => ({ kind: 'retouch', image, mask, ...common }),
  'replace-background': ({ image, mask }: Asked) => ({ kind: 'replace-background', image, subject: mask, ...common }),
} satisfies Partial<Record<EditKind, (asked: Asked) => EditRequestInput>>
type MaskedKind = keyof typeof EDITS
const KINDS = Object.keys(EDITS) as MaskedKind[]

async function ask(kind: MaskedKind, bounds: PixelRect, painted: PixelRect, change: object = {}): Promise<Job> {
  const [image, mask] = [await putPicture(bounds), await putMask(bounds, painted)]
  const job = await engine.runJob({ ...EDITS[kind]({ image, mask, bounds }), ...change } as EditRequestInput)
  expect(job).toMatchObject({ state: 'done', error: null })
  return job
}

const isEdited: Partial<Record<MaskedKind, (painted: boolean) => boolean>> = { 'replace-background': (painted) => !painted }

async function expectOnlyMaskedChanged(kind: MaskedKind, job: Job, bounds: PixelRect, painted: PixelRect): Promise<void> {
  const mayChange = isEdited[kind] ?? ((isPainted: boolean) => isPainted)
  const shown = await engine.readTile(job.candidates[0]!.imageId)
  let strayCount = 0
  for (let y = bounds.y; y < bounds.y + bounds.height; y++) {
    for (let x = bounds.x; x < bounds.x + bounds.width; x++) {
      const isSame = pixelAt(x, y).every((value, i) => value === shown[(y * 256 + x) * 4 + i])
      if (!isSame && !mayChange(isIn(painted, x, y))) strayCount++
    }
  }
  expect(strayCount).toBe(0)
  expect(job.candidates[0]!.receipt).toMatchObject({ strayPixelCount: 0, pixelCount: bounds.width * bounds.height })
}

const BOUNDS = rect(0, 0, 100, 90)

describe.each(KINDS)('%s', (kind) => {
  it.each([
    ['one pixel is masked', BOUNDS, rect(50, 40, 1, 1)],
    ['the picture is smaller than a token', rect(0, 0, 5, 3), rect(1, 1, 2, 1)],
    ['the picture is of no whole cells', rect(0, 0, 61, 131), rect(3, 3, 40, 99)],
    ['the mask reaches beyond the picture', rect(0, 0, 70, 50), rect(60, 40, 60, 60)],
  ])('leaves the rest where %s', async (_, bounds, painted) => {
    await expectOnlyMaskedChanged(kind, await ask(kind, bounds, painted), bounds, painted)
  })

  it('fades out beyond the mask where asked, and writes nowhere else', async () => {
    const painted = rect(30, 30, 20, 20)
    const job = await ask(kind, BOUNDS, painted, { edgeBand: null })
    expect(job.request).toMatchObject({ edgeBand: expect.any(Number) })
    expect(job.candidates[0]!.receipt).toMatchObject({ strayPixelCount: 0 })
  })

  it('takes a prompt of other scripts, emoji, half a letter and brackets', async () => {
    await ask(kind, rect(0, 0, 20, 20), rect(4, 4, 9, 9), { prompt: '夕焼けの海辺 🌲👩‍🚀 غابة \ud83c (((:1.3)' })
  })
})

it.each([
  ['of another script', '夕焼けの海辺'],
  ['from right to left', 'غابة في الليل'],
  ['of emoji alone', '🌲🏔️👩‍🚀'],
  ['of brackets alone', '(((:1.3)'],
  ['that is longer than the model reads', 'a forest '.repeat(200)],
  ['of weight 0', '(a forest:0)'],
])('a prompt %s is drawn', async (_, prompt) => {
  expect(await engine.runJob({ kind: 'generate', ...common, prompt, negativePrompt: prompt })).toMatchObject({ state: 'done', error: null })
})

it('keeps a request that can be read again where cells are wider than a soft edge may be', async () => {
  const wide = rect(0, 0, 9000, 40)
  const { request } = await ask('inpaint', wide, rect(0, 0, 8999, 39), { edgeBand: null })
  expect(request).toMatchObject({ edgeBand: 256 })
  expect(editRequestSchema.parse(request)).toEqual(request)
})

describe.each(KINDS.filter((kind) => kind !== 'replace-background'))('%s', (kind) => {
  it('changes all of a picture that is wholly masked', async () => {
    const job = await ask(kind, rect(0, 0, 40, 33), rect(0, 0, 40, 33), { isDetailed: true })
    expect(job.candidates[0]!.receipt!.strayPixelCount).toBe(0)
  })

  it.each([
    ['empty', rect(0, 0, 0, 0)],
    ['beside the picture', rect(500, 500, 9, 9)],
  ])('refuses a mask that is %s, or extends all the same', async (_, painted) => {
    const image = await putPicture(BOUNDS)
    const mask = await putMask(rect(0, 0, 600, 600), painted)
    const request = EDITS[kind]({ image, mask, bounds: BOUNDS }) as EditRequestInput
    if (kind === 'outpaint') await engine.runJob(request)
    else await expect(engine.startJob(request)).rejects.toMatchObject({ code: 'mask-empty', message: expect.stringContaining('Paint') })
  })
})

describe('replacing a background', () => {
  it.each([
    ['nothing', rect(0, 0, 0, 0), /what is to stay/],
    ['nothing of the picture', rect(500, 500, 9, 9), /what is to stay/],
    ['all of it', BOUNDS, /nothing would change/],
  ])('is refused where the subject covers %s', async (_, painted, message) => {
    const image = await putPicture(BOUNDS)
    const subject = await putMask(rect(0, 0, 600, 600), painted)
    await expect(engine.startJob({ kind: 'replace-background', image, subject, ...common })).rejects.toMatchObject({
      code: 'mask-empty', message: expect.stringMatching(message),
    })
  })
})

describe.each(['vary', 'restyle'] as const)('%s', (kind) => {
  it('of strength 1 draws every masked token anew, and of strength 0 is refused', async () => {
    const all = rect(0, 0, 64, 64)
    await ask(kind, all, all, { strength: 1 })
    const image = await putPicture(all)
    const mask = await putMask(all, all)
    const request = { ...EDITS[kind]({ image, mask, bounds: all }), strength: 0 } as EditRequestInput
    await expect(engine.startJob(request)).rejects.toMatchObject({ code: 'invalid-request', message: expect.stringContaining('more than 0') })
  })
})

it.each([
  ['a picture for a mask', async () => ({ mask: await putPicture(BOUNDS) }), 'invalid-request'],
  ['a mask for a picture', async () => ({ image: await putMask(BOUNDS, BOUNDS) }), 'invalid-request'],
  ['a picture that is not there', async () => ({ image: 'a'.repeat(64) }), 'not-found'],
  ['a pack that is not there', async () => ({ packId: 'none' }), 'pack-not-installed'],
  ['more steps than 64', async () => ({ steps: 65 }), 'invalid-request'],
] as const)('refuses %s', async (_, makeChange, code) => {
  const [image, mask] = [await putPicture(BOUNDS), await putMask(BOUNDS, rect(1, 1, 9, 9))]
  const request = { ...EDITS.inpaint({ image, mask, bounds: BOUNDS }), ...(await makeChange()) } as EditRequestInput
  await expect(engine.startJob(request)).rejects.toMatchObject({ code })
})
