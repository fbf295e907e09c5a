import { cp, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { familyOf } from '../families/families.ts'
import { openTextTokenizer } from '../runtime/text-tokenizers/text-tokenizers.ts'
import { openPack, parsePack } from './open-pack.ts'
import type { Pack } from './pack.ts'
import { verifyPack } from './verify-pack.ts'

const starter = path.resolve(import.meta.dirname, '../packs/starter')
let folder: string

/** Changes the description of the copied pack. */
async function describePack(change: (pack: Pack) => object): Promise<void> {
  const file = path.join(folder, 'pack.json')
  const pack = JSON.parse(await readFile(file, 'utf8')) as Pack
  await writeFile(file, JSON.stringify(change(pack)))
}

const rename = (from: string, to: string) => (pack: Pack) => JSON.parse(JSON.stringify(pack).replaceAll(from, to)) as object

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pack-'))
  await cp(starter, folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('openPack', () => {
  it('opens the starter pack as it opens any other', async () => {
    const pack = await openPack(folder)
    expect(pack.id).toBe('starter')
    expect(familyOf(pack).id).toBe(pack.family)
    expect((await openTextTokenizer(pack, folder)).read('').unknownWords).toEqual([])
  })

  it('says that there is no pack', async () => {
    await expect(openPack(path.join(folder, 'nowhere'))).rejects.toMatchObject({ problem: 'missing' })
  })

  it('finds a missing and a truncated file', async () => {
    await truncate(path.join(folder, 'vq-encoder.onnx'), 1000)
    await expect(openPack(folder)).rejects.toMatchObject({ problem: 'file-size-differs', file: 'vq-encoder.onnx' })
    await rm(path.join(folder, 'vq-encoder.onnx'))
    await expect(openPack(folder)).rejects.toMatchObject({ problem: 'file-missing', file: 'vq-encoder.onnx' })
  })

  it('follows no link, be it the file, a folder on the way or the description', async () => {
    const graph = path.join(folder, 'vq-encoder.onnx')
    await rm(graph)
    await symlink(path.join(starter, 'vq-encoder.onnx'), graph)
    await expect(openPack(folder)).rejects.toMatchObject({ problem: 'file-not-plain', file: 'vq-encoder.onnx' })

    await symlink(starter, path.join(folder, 'graphs'))
    await describePack(rename('vq-encoder.onnx', 'graphs/vq-encoder.onnx'))
    await expect(openPack(folder)).rejects.toMatchObject({ problem: 'file-not-plain', file: 'graphs/vq-encoder.onnx' })

    await rm(path.join(folder, 'pack.json'))
    await symlink(path.join(starter, 'pack.json'), path.join(folder, 'pack.json'))
    await expect(openPack(folder)).rejects.toMatchObject({ problem: 'file-not-plain', file: 'pack.json' })
  })

  it('takes files in folders of the pack', async () => {
    await mkdir(path.join(folder, 'graphs'))
    await cp(path.join(starter, 'vq-encoder.onnx'), path.join(folder, 'graphs/vq-encoder.onnx'))
    await describePack(rename('vq-encoder.onnx', 'graphs/vq-encoder.onnx'))
    expect((await openPack(folder)).stages[0]!.vqEncoder).toBe('graphs/vq-encoder.onnx')
  })

  it.each(['../vq-encoder.onnx', '/etc/passwd', 'C:\\\\graph.onnx', 'a\\\\b.onnx', 'graphs/../../x', '.hidden', ''])(
    'refuses the file name "%s"',
    async (name) => {
      await describePack(rename('vq-encoder.onnx', name))
      await expect(openPack(folder)).rejects.toMatchObject({ problem: 'description-invalid' })
    },
  )

  it('refuses a description that names a file it does not list', async () => {
    await describePack((pack) => ({ ...pack, files: pack.files.slice(1) }))
    await expect(openPack(folder)).rejects.toMatchObject({ problem: 'description-invalid' })
  })

  it('refuses a family and a text tokenizer that it does not know', async () => {
    const pack = await openPack(folder)
    expect(() => familyOf({ ...pack, family: 'unheard-of' })).toThrow('family-unknown')
    const other = { ...pack, textEncoder: { ...pack.textEncoder, tokenizer: { kind: 'runes' } } }
    await expect(openTextTokenizer(other, folder)).rejects.toMatchObject({ problem: 'tokenizer-unknown' })
  })
})

describe('parsePack', () => {
  it.each(['', '{', '[]', '{"format":2}'])('refuses %j', (json) => {
    expect(() => parsePack(json)).toThrow('description-invalid')
  })
})

describe('verifyPack', () => {
  it('finds the one file with a changed byte', async () => {
    const file = path.join(folder, 'vq-decoder.onnx')
    const bytes = await readFile(file)
    bytes[5000]! ^= 1
    await writeFile(file, bytes)
    const checks = await verifyPack(await openPack(folder), folder)
    expect(checks.filter(({ problem }) => problem !== null)).toEqual([
      { path: 'vq-decoder.onnx', problem: 'file-hash-differs' },
    ])
  })
})
