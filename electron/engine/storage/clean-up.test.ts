import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createBlobStore } from './blob-store.ts'
import { createCleanUp } from './clean-up.ts'
import { makeTestFolder } from '../testing/engine-under-test.ts'
import { createImageStore, emptyImage } from '../pictures/tile-image-store.ts'

/** Too little for anything: all is read from the disk. */
const CACHE_BYTES = 1
const BOUNDS = { x: 0, y: 0, width: 2, height: 1 }

async function makeStores() {
  const folder = await makeTestFolder()
  const documents = join(folder, 'documents')
  await mkdir(join(documents, 'one', 'jobs'), { recursive: true })
  const blobs = createBlobStore({ folder: join(folder, 'blobs'), cacheBytes: CACHE_BYTES })
  const imageBlobs = createBlobStore({ folder: join(folder, 'images'), cacheBytes: CACHE_BYTES })
  const images = createImageStore({ blobs, images: imageBlobs })
  const pathOf = (store: string, name: string) => join(folder, store, name.slice(0, 2), name.slice(2))
  const anHourAgo = new Date(Date.now() - 3_600_000)

  /** An image of two bytes with an EXIF blob, all an hour old. */
  const putImage = async (value: number) => {
    const exif = await blobs.put(Uint8Array.of(value, value))
    const image = { ...(await images.writeRegion(emptyImage('mask8', BOUNDS), BOUNDS, Uint8Array.of(value, 1))), exif }
    const imageId = await images.put(image)
    const tile = image.tiles['0,0']!
    for (const [store, name] of [['blobs', exif], ['blobs', tile], ['images', imageId]] as const) {
      await utimes(pathOf(store, name), anHourAgo, anHourAgo)
    }
    return { imageId, names: [exif, tile], count: 3 }
  }
  const has = async ({ imageId, names }: { imageId: string; names: string[] }) => {
    const found = [await imageBlobs.measure(imageId), ...(await Promise.all(names.map((name) => blobs.measure(name))))]
    return found.map((bytes) => bytes !== undefined)
  }
  const makeCleanUp = (isBusy = () => false) =>
    createCleanUp({ blobs, imageBlobs, images, referringFolders: [documents, join(folder, 'jobs')], isBusy })
  const refer = (file: string, name: string) => writeFile(join(documents, 'one', file), JSON.stringify({ any: { thing: name } }))
  return { blobs, images, putImage, has, refer, makeCleanUp, pathOf }
}

const ALL = [true, true, true]
const NONE = [false, false, false]

test('keeps what a log, a view or a job names, with all its tiles, and deletes the rest', async () => {
  const { putImage, has, refer, makeCleanUp } = await makeStores()
  const [logged, viewed, candidate, forgotten] = [await putImage(1), await putImage(2), await putImage(3), await putImage(4)]
  await refer('log.ndjson', logged.imageId)
  await refer('view.json', viewed.imageId)
  await refer('jobs/job.json', candidate.imageId)
  expect(await makeCleanUp().run()).toBe(forgotten.count)
  for (const kept of [logged, viewed, candidate]) expect(await has(kept)).toEqual(ALL)
  expect(await has(forgotten)).toEqual(NONE)
})

test('a blob that is named by itself stays, also when it shares tiles with what goes', async () => {
  const { putImage, has, refer, makeCleanUp } = await makeStores()
  const image = await putImage(1)
  await refer('log.ndjson', image.names[1]!)
  await makeCleanUp().run()
  expect(await has(image)).toEqual([false, false, true])
})

test('what was uploaded a moment ago, or claimed again, is left for the line that will name it', async () => {
  const { blobs, images, putImage, has, makeCleanUp } = await makeStores()
  const fresh = await blobs.put(Uint8Array.of(77))
  const old = await putImage(5)
  const image = await images.get(old.imageId)
  await images.put(image)
  await makeCleanUp().run()
  expect(await blobs.measure(fresh)).toBeDefined()
  expect(await has(old)).toEqual(ALL)
})

test('does nothing while a job or an upload is in flight', async () => {
  const { putImage, has, makeCleanUp } = await makeStores()
  const old = await putImage(6)
  let isBusy = true
  const cleanUp = makeCleanUp(() => isBusy)
  expect(await cleanUp.run()).toBeUndefined()
  expect(await has(old)).toEqual(ALL)
  isBusy = false
  await cleanUp.run()
  expect(await has(old)).toEqual(NONE)
  await cleanUp.dispose()
})

test('deletes nothing when it cannot read all that may name something', async () => {
  const { putImage, has, refer, makeCleanUp, pathOf } = await makeStores()
  const [named, other] = [await putImage(7), await putImage(8)]
  await refer('log.ndjson', named.imageId)
  await writeFile(pathOf('images', named.imageId), 'damaged')
  await expect(makeCleanUp().run()).rejects.toMatchObject({ code: 'file-unreadable' })
  expect(await has(other)).toEqual(ALL)
})
