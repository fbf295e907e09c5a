import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { EditRequestInput } from '../../api/edits.ts'
import type { PixelRect } from '../../api/geometry.ts'
import type { ImageId } from '../../api/images.ts'
import { TINY_CASCADE, writeTinyCascade } from '../../../models/golden/tiny-cascade.ts'
import { openSharedEngine } from '../testing/shared-engine.ts'

// A hundred edits of one picture, one on another, with a pack of two stages in miniature.

const packId = TINY_CASCADE.id
const EDIT_COUNT = 100
const START: PixelRect = { x: 0, y: 0, width: 96, height: 64 }
/** Nobody ever paints right of it. */
const PAINTED_WIDTH = 48
const pixelAt = (x: number, y: number) => [(x * 7 + y * 3) & 255, (x * y) & 255, 255 - (x & 255), 255]

const engine = await openSharedEngine((packs) => writeTinyCascade(join(packs, packId)))

/** The nth edit: each kind in turn, everywhere in the left half, with hard and soft edges. */
function requestOf(n: number, image: ImageId, masks: { hard: ImageId; soft: ImageId; subject: ImageId }, bounds: PixelRect): EditRequestInput {
  const common = { packId, image, prompt: 'a red fox', seed: n, count: 1, steps: 1, isDetailed: n % 3 === 0, surroundings: (n % 5) / 4 }
  const mask = n % 2 === 0 ? masks.hard : masks.soft
  const kinds: EditRequestInput[] = [
    { kind: 'inpaint', mask, ...common },
    { kind: 'vary', mask, strength: 0.7, ...common },
    { kind: 'remove', mask, isColourMatched: false, ...common },
    { kind: 'restyle', mask, rounds: 2, ...common },
    { kind: 'retouch', mask, ...common },
    { kind: 'replace-background', subject: masks.subject, ...common },
    // Two pixels on every side, so that the picture's bounds begin below 0.
    { kind: 'outpaint', mask, frame: { x: bounds.x - 2, y: bounds.y - 2, width: bounds.width + 4, height: bounds.height + 4 }, ...common },
  ]
  return kinds[n % kinds.length]!
}

it('after a hundred edits of every kind the pixels that no mask has touched are those of the first picture, byte for byte', async () => {
  let image = await engine.paint(START, 'rgba8', pixelAt)
  let bounds = START
  const strengthAt = (x: number) => Math.max(0, Math.min(255, (PAINTED_WIDTH - x) * 16))
  const soft = await engine.paint(START, 'mask8', (x) => [strengthAt(x)])
  const subject = await engine.paint({ x: -60, y: -60, width: 300, height: 240 }, 'mask8', (x) => [x >= PAINTED_WIDTH ? 255 : 0])
  const kinds = new Set<string>()
  for (let n = 0; n < EDIT_COUNT; n++) {
    const left = (n * 11) % 32
    const hard = await engine.paint(START, 'mask8', (x, y) => [x >= left && x < PAINTED_WIDTH && (y >> 3) % 3 === n % 3 ? 255 : 0])
    const job = await engine.runJob(requestOf(n, image, { hard, soft, subject }, bounds))
    kinds.add(job.request.kind)
    const [candidate] = job.candidates
    expect(candidate!.receipt, `edit ${n}, ${job.request.kind}`).toMatchObject({ strayPixelCount: 0 })
    expect(candidate!.imageId).not.toBe(image)
    image = candidate!.imageId
    bounds = candidate!.bounds
  }
  expect(kinds.size).toBe(7)
  const shown = await engine.readTile(image)
  let strayCount = 0
  for (let y = START.y; y < START.height; y++) {
    for (let x = PAINTED_WIDTH; x < START.width; x++) {
      if (pixelAt(x, y).some((value, i) => value !== shown[(y * 256 + x) * 4 + i])) strayCount++
    }
  }
  expect(strayCount).toBe(0)
}, 240_000)
