import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { ImportedImage } from '../../api/images.ts'
import { startEngineUnderTest } from '../testing/engine-under-test.ts'

test('a small, long or half-transparent picture has a thumbnail of its own shape', async () => {
  const { ask, send } = await startEngineUnderTest()
  for (const [width, height, expected] of [
    [5, 3, { width: 5, height: 3 }],
    [4000, 3, { width: 320 }],
    [1, 1, { width: 1, height: 1 }],
    [700, 900, { width: 249, height: 320 }],
  ] as const) {
    const picture = { width, height, channels: 4, background: { r: 0, g: 0, b: 255, alpha: 0.5 } } as const
    const { imageId } = await ask<ImportedImage>('POST', 'images', await sharp({ create: picture }).png().toBuffer())
    const { id } = await ask<{ id: string }>('POST', 'documents', {})
    const entry = { id: 'a', parent: null, at: new Date().toISOString(), picture: imageId, command: { type: 'open' } }
    await send('POST', `documents/${id}/lines`, { entry })
    const thumbnail = await (await send('GET', `documents/${id}/thumbnail`)).arrayBuffer()
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'webp', hasAlpha: true, ...expected })
  }
})
