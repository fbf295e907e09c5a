import path from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { openPack } from '../../../models/importing/open-pack.ts'
import { BUNDLED_PACKS } from '../testing/build-inference.ts'
import { readStyleThumbnail } from './style-thumbnail.ts'

const folder = path.join(BUNDLED_PACKS, 'starter')

it('every style of the pack that comes with the program has a picture, and no two the same name', async () => {
  const pack = await openPack(folder)
  expect(pack.styles.length).toBeGreaterThan(3)
  expect(new Set(pack.styles.map(({ name }) => name)).size).toBe(pack.styles.length)
  for (const index of pack.styles.keys()) {
    expect(await sharp(await readStyleThumbnail({ pack, folder }, index)).metadata()).toMatchObject({ format: 'webp' })
  }
})

it.each([-1, 99, NaN, 0.5])('there is no style %d', async (index) => {
  await expect(readStyleThumbnail({ pack: await openPack(folder), folder }, index)).rejects.toMatchObject({ code: 'not-found' })
})
