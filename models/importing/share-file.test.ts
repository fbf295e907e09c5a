import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shareFile } from './share-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'share-'))
  await writeFile(path.join(folder, 'source'), 'weights')
})
afterEach(() => rm(folder, { recursive: true }))

describe('shareFile', () => {
  it('gives the same bytes, and says whether they are the same file', async () => {
    const [source, target] = [path.join(folder, 'source'), path.join(folder, 'target')]
    const sharedBy = await shareFile(source, target)
    expect(await readFile(target, 'utf8')).toBe('weights')
    expect((await stat(target)).ino === (await stat(source)).ino).toBe(sharedBy === 'hard-link')
  })

  it('never overwrites', async () => {
    await writeFile(path.join(folder, 'target'), 'mine')
    await expect(shareFile(path.join(folder, 'source'), path.join(folder, 'target'))).rejects.toMatchObject({ code: 'EEXIST' })
    expect(await readFile(path.join(folder, 'target'), 'utf8')).toBe('mine')
  })

  it('says that the source is not there', async () => {
    await expect(shareFile(path.join(folder, 'none'), path.join(folder, 'target'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
