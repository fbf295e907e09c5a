import { expect, it } from 'vitest'
import { measurePsnr, planarFromRgb } from '../../../models/runtime/planar-image.ts'
import { openSharedEngine } from '../testing/shared-engine.ts'
import { STARTER } from '../testing/starter-pack.ts'

// A picture that the real starter pack's VQ tokenizer gives back.

const { width, height } = STARTER.defaults
/** A bright square on a sky that darkens downwards. */
const colourAt = (x: number, y: number) => (Math.max(Math.abs(x - width / 2), Math.abs(y - height / 2)) < 48 ? [250, 200, 40] : [40, 90, 200 - (y >> 2)])

const engine = await openSharedEngine()

it('gives a picture back as its tokens keep it', async () => {
  const image = await engine.paint({ x: 0, y: 0, width, height }, 'rgba8', (x, y) => [...colourAt(x, y), 255])
  const answer = await engine.send('GET', `/tokens/${STARTER.id}/reconstructions/${image}`)
  expect([answer.headers.get('remask-width'), answer.headers.get('remask-height')]).toEqual([`${width}`, `${height}`])
  const pixels = Array.from({ length: width * height }, (_, i) => colourAt(i % width, Math.floor(i / width))).flat()
  const given = planarFromRgb(width, height, new Uint8Array(await answer.arrayBuffer()))
  const psnr = measurePsnr(planarFromRgb(width, height, Uint8Array.from(pixels)), given)
  expect(psnr).toBeGreaterThan(22)
  expect(psnr).toBeLessThan(60)
})

it('knows no picture that is not there', async () => {
  await expect(engine.ask('GET', `/tokens/${STARTER.id}/reconstructions/${'f'.repeat(64)}`)).rejects.toMatchObject({ code: 'not-found' })
})
