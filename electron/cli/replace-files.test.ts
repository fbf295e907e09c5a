import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { replaceFiles } from './replace-files.ts'

let folder: string
const inFolder = (name: string) => path.join(folder, name)
const bytes = (text: string) => new TextEncoder().encode(text)

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'remask-replace-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('replaces files and leaves nothing else', async () => {
  await writeFile(inFolder('a-1.png'), 'old')
  await replaceFiles([inFolder('a-1.png'), inFolder('a-2.png')], async (index) => bytes(`new ${index}`))
  expect(await readdir(folder)).toEqual(['a-1.png', 'a-2.png'])
  expect(await readFile(inFolder('a-1.png'), 'utf8')).toBe('new 0')
})

it('puts files back and removes new ones where a later one cannot be renamed', async () => {
  await writeFile(inFolder('a-1.png'), 'old')
  // A folder in a file's place refuses the rename.
  await mkdir(inFolder('a-3.png'))
  const files = [1, 2, 3].map((number) => inFolder(`a-${number}.png`))
  await expect(replaceFiles(files, async () => bytes('new'))).rejects.toThrow()
  expect(await readdir(folder)).toEqual(['a-1.png', 'a-3.png'])
  expect(await readFile(inFolder('a-1.png'), 'utf8')).toBe('old')
})

it('leaves everything as it was where a picture cannot be made', async () => {
  await writeFile(inFolder('a-1.png'), 'old')
  const make = async (index: number) => {
    if (index === 1) throw new RangeError('no such picture')
    return bytes('new')
  }
  await expect(replaceFiles([inFolder('a-1.png'), inFolder('a-2.png')], make)).rejects.toThrow('no such picture')
  expect(await readdir(folder)).toEqual(['a-1.png'])
  expect(await readFile(inFolder('a-1.png'), 'utf8')).toBe('old')
})
