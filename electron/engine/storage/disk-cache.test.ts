import { readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashBytes } from './blob-store.ts'
import { createDiskCache } from './disk-cache.ts'
import { makeTestFolder } from '../testing/engine-under-test.ts'

const NAMES = ['a', 'b', 'c'].map(hashBytes) as [string, string, string]
const noise = crypto.getRandomValues(new Uint8Array(1000))

test('gives back what was put; what is absent or damaged is simply not there', async () => {
  const folder = await makeTestFolder()
  const cache = createDiskCache(folder, 10_000)
  expect(await cache.get(NAMES[0])).toBeUndefined()
  await cache.put(NAMES[0], noise)
  expect([...(await cache.get(NAMES[0]))!]).toEqual([...noise])
  await writeFile(join(folder, NAMES[0].slice(0, 2), NAMES[0].slice(2)), Uint8Array.of(1, 2, 3))
  expect(await cache.get(NAMES[0])).toBeUndefined()
})

test('never fails, even where it cannot write', async () => {
  const file = join(await makeTestFolder(), 'file')
  await writeFile(file, '')
  const cache = createDiskCache(file, 10_000)
  await cache.put(NAMES[0], noise)
  expect(await cache.get(NAMES[0])).toBeUndefined()
  await cache.trim()
})

test('keeps what was asked for last within its budget', async () => {
  const folder = await makeTestFolder()
  const cache = createDiskCache(folder, 2100)
  for (const [i, name] of NAMES.entries()) {
    await cache.put(name, noise)
    const then = new Date(Date.now() - 10_000 * (NAMES.length - i))
    await utimes(join(folder, name.slice(0, 2), name.slice(2)), then, then)
  }
  await cache.get(NAMES[0])
  await cache.trim()
  const kept = await Promise.all(NAMES.map(async (name) => (await cache.get(name)) !== undefined))
  expect(kept).toEqual([true, false, true])
  expect((await readdir(folder, { recursive: true })).filter((name) => name.length > 10)).toHaveLength(2)
})
