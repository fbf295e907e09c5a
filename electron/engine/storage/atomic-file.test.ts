import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ImportedImage } from '../../api/images.ts'
import { writeFileAtomically } from './atomic-file.ts'
import { makeTestFolder, startEngineUnderTest } from '../testing/engine-under-test.ts'
import { mountFailingDisk } from '../testing/failing-disk.ts'
import { makePicture } from '../testing/pictures.ts'

/** A disk of its own, where the system lets us have one: root on Linux. */
async function mountDisk(sizeBytes: number): Promise<string | undefined> {
  const folder = join(await makeTestFolder(), 'disk')
  await mkdir(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return folder
}

test('replaces a file whole and leaves nothing beside it', async () => {
  const folder = await makeTestFolder()
  const path = join(folder, 'file')
  await writeFileAtomically(path, 'one')
  await writeFileAtomically(path, 'two')
  expect(await readFile(path, 'utf8')).toBe('two')
  expect(await readdir(folder)).toEqual(['file'])
})

test('a write that fails leaves the older file as it was and nothing beside it', async () => {
  const folder = await makeTestFolder()
  await mkdir(join(folder, 'taken', 'by'), { recursive: true })
  await expect(writeFileAtomically(join(folder, 'taken'), 'x')).rejects.toThrow()
  expect(await readdir(folder)).toEqual(['taken'])
})

test('on a disk that is full the engine says so, loses nothing, and goes on when there is space', async ({ skip }) => {
  const disk = await mountDisk(2 * 2 ** 20)
  if (disk === undefined) return skip('only root on Linux can mount a small disk')
  const { ask, send, engine } = await startEngineUnderTest(join(disk, 'data'))
  const { id } = await ask<{ id: string }>('POST', 'documents', {})
  const at = '2026-01-01T00:00:00.000Z'
  const stroke = (name: string, parent: string | null, points: number[] = []) => ({
    entry: { id: name, parent, at, picture: null, command: { type: 'stroke', points } },
  })
  await send('POST', `documents/${id}/lines`, stroke('a', null))
  const filler = join(disk, 'filler')
  await writeFile(filler, Buffer.alloc(4 * 2 ** 20)).catch(() => {})

  const full = { code: 'disk-full', message: expect.stringContaining('nothing was lost') }
  const large = stroke('b', 'a', Array.from({ length: 20_000 }, (_, i) => i))
  await expect(send('POST', `documents/${id}/lines`, large)).rejects.toMatchObject(full)
  await expect(send('POST', 'images', await makePicture({ width: 500, height: 500 }).png().toBuffer())).rejects.toMatchObject(full)
  await expect(send('PUT', 'settings', { theme: 'dark' })).rejects.toMatchObject(full)

  await writeFile(filler, '')
  await send('POST', `documents/${id}/lines`, stroke('c', 'a'))
  await ask<ImportedImage>('POST', 'images', await makePicture({ width: 500, height: 500 }).png().toBuffer())
  expect(await ask('GET', 'settings')).toMatchObject({ theme: 'system' })
  await engine.dispose()
  const again = await startEngineUnderTest(join(disk, 'data'))
  expect(await again.ask('POST', `documents/${id}/open`)).toMatchObject({ lines: [stroke('a', null), stroke('c', 'a')], damage: null })
})

test('on a read-only disk the engine says so at start', async ({ skip }) => {
  const disk = await mountDisk(2 ** 20)
  if (disk === undefined) return skip('only root on Linux can mount a small disk')
  execFileSync('mount', ['-o', 'remount,ro', disk])
  const start = startEngineUnderTest(join(disk, 'data'))
  await expect(start).rejects.toMatchObject({ code: 'disk-read-only' })
})

test('on a disk that becomes read-only the engine says so, lets go of it, and goes on when it is mended', async ({ skip }) => {
  const disk = await mountFailingDisk()
  if (disk === undefined) return skip('only root on Linux can mount a disk')
  const dataFolder = join(disk.folder, 'data')
  const { ask, send, engine } = await startEngineUnderTest(dataFolder)
  const { id } = await ask<{ id: string }>('POST', 'documents', {})
  const at = '2026-01-01T00:00:00.000Z'
  const lines = ['a', 'b', 'c'].map((name, index, all) => (
    { entry: { id: name, parent: all[index - 1] ?? null, at, picture: null, command: { type: 'stroke' } } }
  ))
  const append = (index: number) => send('POST', `documents/${id}/lines`, lines[index])
  await append(0)

  disk.fail()
  const readOnly = { code: 'disk-read-only', message: expect.stringContaining('can only be read') }
  await expect(append(1)).rejects.toMatchObject(readOnly)
  await expect(append(1)).rejects.toMatchObject(readOnly)
  await expect(send('POST', 'images', await makePicture({ width: 500, height: 500 }).png().toBuffer())).rejects.toMatchObject(readOnly)
  await expect(send('PUT', 'settings', { theme: 'dark' })).rejects.toMatchObject(readOnly)
  await expect(send('POST', 'documents', {})).rejects.toMatchObject(readOnly)
  expect(await ask('GET', 'documents')).toMatchObject([{ id }])

  disk.mend()
  // It may have lost what it had said was written.
  await truncate(join(dataFolder, 'documents', id, 'log.ndjson'), 10)
  await append(1)
  await append(2)
  await ask<ImportedImage>('POST', 'images', await makePicture({ width: 500, height: 500 }).png().toBuffer())
  await engine.dispose()
  const again = await startEngineUnderTest(dataFolder)
  expect(await again.ask('POST', `documents/${id}/open`)).toMatchObject({ lines, damage: null })
  await again.engine.dispose()
})
