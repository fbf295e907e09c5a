import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCheckpoint, requirePart } from './open-checkpoint.ts'
import { Weights } from './weights.ts'
import { writeSafetensors } from './write-safetensors.ts'

let folder: string
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'checkpoint-')))
})
afterEach(() => rm(folder, { recursive: true }))

const oneFloat = { type: 'F32', dims: [1], bytes: new Uint8Array(4) } as const
const inFolder = (...parts: string[]) => path.join(folder, ...parts)

async function writePart(name: string, weights: string, tensorNames = ['a']): Promise<void> {
  await mkdir(inFolder(name), { recursive: true })
  await writeFile(inFolder(name, 'config.json'), '{"width": 3}')
  await writeSafetensors(inFolder(name, weights), new Map(tensorNames.map((tensor) => [tensor, oneFloat])))
}

async function writeIndex(name: string, weightMap: Record<string, string>): Promise<void> {
  await mkdir(inFolder(name), { recursive: true })
  await writeFile(inFolder(name, 'config.json'), '{}')
  await writeFile(inFolder(name, 'model.safetensors.index.json'), JSON.stringify({ weight_map: weightMap }))
}

describe('openCheckpoint', () => {
  it('opens every part of a pipeline', async () => {
    await writePart('transformer', 'diffusion_pytorch_model.safetensors')
    await writePart('text_encoder', 'model.safetensors')
    const { parts } = await openCheckpoint(folder)
    expect([...parts.keys()]).toEqual(['text_encoder', 'transformer'])
    expect(parts.get('transformer')).toMatchObject({ config: { width: 3 } })
  })

  it('opens a network that lies in the folder itself', async () => {
    await writePart('', 'diffusion_pytorch_model.safetensors')
    expect(requirePart(await openCheckpoint(folder), '').tensors.size).toBe(1)
  })

  it('prefers float32 to the half-precision variant, and takes the variant when it is alone', async () => {
    await writePart('both', 'model.fp16.safetensors')
    await writePart('both', 'model.safetensors')
    await writePart('half', 'model.fp16.safetensors')
    const { parts } = await openCheckpoint(folder)
    expect(parts.get('both')!.weightFiles).toEqual([inFolder('both', 'model.safetensors')])
    expect(parts.get('half')!.weightFiles).toEqual([inFolder('half', 'model.fp16.safetensors')])
  })

  it('puts shards together', async () => {
    await writePart('t', 'model-00001-of-00002.safetensors', ['a'])
    await writePart('t', 'model-00002-of-00002.safetensors', ['b'])
    await writeIndex('t', { a: 'model-00001-of-00002.safetensors', b: 'model-00002-of-00002.safetensors' })
    const part = requirePart(await openCheckpoint(folder), 't')
    expect([...part.tensors.keys()].sort()).toEqual(['a', 'b'])
    expect(part.weightFiles).toHaveLength(2)
  })

  it('says which shard is missing', async () => {
    await writeIndex('t', { a: 'model-00001-of-00002.safetensors' })
    await expect(openCheckpoint(folder)).rejects.toMatchObject({
      problem: 'file-missing', subject: 'model-00001-of-00002.safetensors',
    })
  })

  it('says which tensor is not in its shard', async () => {
    await writePart('t', 'model-00001-of-00001.safetensors', ['a'])
    await writeIndex('t', { a: 'model-00001-of-00001.safetensors', b: 'model-00001-of-00001.safetensors' })
    await expect(openCheckpoint(folder)).rejects.toMatchObject({ problem: 'tensor-missing', subject: 'b' })
  })

  it.each(['../secret.safetensors', '/etc/passwd', 'sub/model.safetensors', '..', 'C:\\x', ''])(
    'refuses the shard name %j',
    async (shard) => {
      await writeIndex('t', { a: shard })
      await expect(openCheckpoint(folder)).rejects.toMatchObject({ problem: 'name-unsafe' })
    },
  )

  it('follows the links of a Hub cache to the real file', async () => {
    await writePart('blobs', 'model.safetensors')
    await mkdir(inFolder('snapshot', 'vae'), { recursive: true })
    await writeFile(inFolder('snapshot', 'vae', 'config.json'), '{}')
    await symlink(inFolder('blobs', 'model.safetensors'), inFolder('snapshot', 'vae', 'model.safetensors'))
    const part = requirePart(await openCheckpoint(inFolder('snapshot')), 'vae')
    expect(part.weightFiles).toEqual([inFolder('blobs', 'model.safetensors')])
  })

  it.each(['pytorch_model.bin', 'model.pth', 'model.ckpt'])('never opens the pickle %s', async (name) => {
    await mkdir(inFolder('t'))
    await writeFile(inFolder('t', 'config.json'), '{}')
    await writeFile(inFolder('t', name), 'pickle')
    await expect(openCheckpoint(folder)).rejects.toMatchObject({ problem: 'pickle-refused', subject: name })
  })

  it('refuses a lone pickle', async () => {
    await writeFile(inFolder('model.pth'), 'pickle')
    await expect(openCheckpoint(folder)).rejects.toMatchObject({ problem: 'pickle-refused' })
  })

  it('says that a folder holds no model, or is not there', async () => {
    await expect(openCheckpoint(folder)).rejects.toMatchObject({ problem: 'folder-empty' })
    await expect(openCheckpoint(inFolder('none'))).rejects.toMatchObject({ problem: 'folder-empty' })
  })

  it.each(['[]', '{"a":', '3'])('refuses the config %j', async (config) => {
    await writePart('t', 'model.safetensors')
    await writeFile(inFolder('t', 'config.json'), config)
    await expect(openCheckpoint(folder)).rejects.toMatchObject({ problem: 'config-invalid' })
  })
})

describe('requirePart', () => {
  it('says which part is missing or has no weights', async () => {
    await mkdir(inFolder('vqvae'))
    await writeFile(inFolder('vqvae', 'config.json'), '{}')
    const checkpoint = await openCheckpoint(folder)
    expect(() => requirePart(checkpoint, 'vqvae')).toThrow('file-missing (vqvae/*.safetensors)')
    expect(() => requirePart(checkpoint, 'transformer')).toThrow('file-missing (transformer/config.json)')
  })
})

describe('Weights', () => {
  const weights = async () => {
    await writePart('t', 'model.safetensors', ['a', 'b'])
    return new Weights(requirePart(await openCheckpoint(folder), 't').tensors)
  }

  it('hands out a tensor that has the shape asked for', async () => {
    expect((await weights()).take('a', [1]).dims).toEqual([1])
  })

  it.each([[[2]], [[1, 1]], [[]]])('refuses a tensor that does not have the shape %j', async (dims) => {
    const opened = await weights()
    expect(() => opened.take('a', dims)).toThrow('tensor-shape-differs')
  })

  it('says which tensor is missing and which was not asked for', async () => {
    const opened = await weights()
    opened.take('a', [1])
    expect(() => opened.take('c', [1])).toThrow('tensor-missing (c)')
    expect(() => opened.checkAllTaken()).toThrow('tensor-unexpected (b)')
    expect(() => opened.checkAllTaken(['b'])).not.toThrow()
  })
})
