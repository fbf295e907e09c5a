import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFileAtomically } from './atomic-file.ts'
import { createBlobStore, hashBytes } from './blob-store.ts'
import { makeTestFolder } from '../testing/engine-under-test.ts'

const MIB = 2 ** 20

async function makeStore() {
  const folder = await makeTestFolder()
  return { folder, store: createBlobStore({ folder, cacheBytes: MIB }) }
}

/** A tile like a photo's: slopes with a little noise. */
function makePhotoTile(): Uint8Array {
  let state = 7
  return Uint8Array.from({ length: 256 * 256 * 4 }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return i % 4 === 3 ? 255 : ((i >> 10) + (i % 1024) / 8 + (state >>> 29)) & 255
  })
}

function fileOf(folder: string, hash: string): string {
  return join(folder, hash.slice(0, 2), hash.slice(2))
}

test('gives back what was put, under its SHA-256', async () => {
  const { folder, store } = await makeStore()
  for (const bytes of [new Uint8Array(0), Uint8Array.of(1, 2, 3), makePhotoTile()]) {
    const hash = await store.put(bytes)
    expect(hash).toBe(hashBytes(bytes))
    const reopened = createBlobStore({ folder, cacheBytes: MIB })
    expect(Buffer.compare(await reopened.get(hash), bytes)).toBe(0)
  }
})

test('deflates a photo to less than half and leaves noise as it is', async () => {
  const { store } = await makeStore()
  const photo = makePhotoTile()
  expect(await store.measure(await store.put(photo))).toBeLessThan(photo.length / 2)
  const noise = crypto.getRandomValues(new Uint8Array(65_536))
  expect(await store.measure(await store.put(noise))).toBe(noise.length + 1)
})

test('a name it does not have is not-found', async () => {
  const { store } = await makeStore()
  await expect(store.get('0'.repeat(64))).rejects.toMatchObject({ code: 'not-found' })
  expect(await store.claim('0'.repeat(64))).toBe(false)
  expect(await store.measure('0'.repeat(64))).toBeUndefined()
})

test('a blob that was damaged on disk is said to be, not returned', async () => {
  const { folder, store } = await makeStore()
  const hash = await store.put(makePhotoTile())
  const file = await readFile(fileOf(folder, hash))
  file[file.length >> 1]! ^= 0xff
  await writeFile(fileOf(folder, hash), file)
  const reopened = createBlobStore({ folder, cacheBytes: MIB })
  await expect(reopened.get(hash)).rejects.toMatchObject({ code: 'file-unreadable' })
})

test('a full disk is said, nothing half written stays, and the store goes on when there is space again', async () => {
  const folder = await makeTestFolder()
  let isFull = true
  const store = createBlobStore({
    folder,
    cacheBytes: MIB,
    writeFile: async (path, bytes) => {
      if (isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      await writeFileAtomically(path, bytes)
    },
  })
  const bytes = makePhotoTile()
  await expect(store.put(bytes)).rejects.toMatchObject({ code: 'disk-full' })
  await expect(store.get(hashBytes(bytes))).rejects.toMatchObject({ code: 'not-found' })
  isFull = false
  expect(Buffer.compare(await store.get(await store.put(bytes)), bytes)).toBe(0)
})

test('two who put the same bytes at once both succeed and store them once', async () => {
  const { folder, store } = await makeStore()
  const bytes = makePhotoTile()
  const hashes = await Promise.all([store.put(bytes), store.put(bytes), store.put(bytes)])
  expect(new Set(hashes).size).toBe(1)
  expect(await readdir(join(folder, hashes[0]!.slice(0, 2)))).toEqual([hashes[0]!.slice(2)])
})

test('removes only what nobody has put or claimed since', async () => {
  const { store } = await makeStore()
  const hash = await store.put(Uint8Array.of(5))
  expect(await store.removeUnclaimed(hash, new Date(Date.now() - 60_000))).toBe(false)
  const later = new Date(Date.now() + 60_000)
  expect(await store.removeUnclaimed(hash, later)).toBe(true)
  await expect(store.get(hash)).rejects.toMatchObject({ code: 'not-found' })
  expect(await store.removeUnclaimed(hash, later)).toBe(false)
})

test('lists its names and clears away what a crash left half written', async () => {
  const { folder, store } = await makeStore()
  const hash = await store.put(Uint8Array.of(9))
  await writeFile(`${fileOf(folder, hash)}.1234.part`, 'half')
  await store.removeTemporaryFiles()
  expect(await readdir(join(folder, hash.slice(0, 2)))).toEqual([hash.slice(2)])
  const names: string[] = []
  for await (const name of store.names()) names.push(name)
  expect(names).toEqual([hash])
})

test('names only blobs, and leaves alone what others have put beside them', async () => {
  const { folder, store } = await makeStore()
  const hash = await store.put(Uint8Array.of(9))
  const beside = join(folder, hash.slice(0, 2))
  await mkdir(join(beside, 'folder.part'))
  await writeFile(join(beside, '.DS_Store'), '')
  await mkdir(join(folder, '.stversions'))
  await writeFile(join(folder, '.stversions', 'old'), '')
  await store.removeTemporaryFiles()
  const names: string[] = []
  for await (const name of store.names()) names.push(name)
  expect(names).toEqual([hash])
  expect((await readdir(beside)).sort()).toEqual(['.DS_Store', 'folder.part', hash.slice(2)].sort())
})

test('differences of bytes are taken and undone, also where they wrap around and where a last word is not whole', async () => {
  const { folder, store } = await makeStore()
  const bytes = Uint8Array.from({ length: 65_539 }, (_, i) => (i % 3 === 0 ? 255 - (i & 1) : (i >> 8) & 3))
  const hash = await store.put(bytes)
  expect(await store.measure(hash)).toBeLessThan(bytes.length / 2)
  const reopened = createBlobStore({ folder, cacheBytes: MIB })
  expect(Buffer.compare(await reopened.get(hash), bytes)).toBe(0)
})
