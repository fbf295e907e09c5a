import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { serializeModel, type Initializer } from '../onnx/model-file.ts'
import { openPack } from './open-pack.ts'
import { readCodebook } from './read-codebook.ts'

const starter = path.resolve(import.meta.dirname, '../packs/starter')
const refuse = () => Promise.reject(new Error('no other file is needed'))

function decoder(initializer: Initializer, type: 'Gather' | 'Add' = 'Gather') {
  const node = { operator: type, domain: '', inputs: [initializer.name, 'tokens'], outputs: ['latents'], attributes: {} }
  return serializeModel({ name: 'decoder', nodes: [node], initializers: [initializer], inputs: [], outputs: [] })
}

describe('the codebook of a pack', () => {
  it('is read from the starter pack’s decoder, and no two codes are the same', async () => {
    const { codebookSize, vqDecoder } = (await openPack(starter)).stages.at(-1)!
    const { vectors, width, codeCount } = await readCodebook(readFileSync(path.join(starter, vqDecoder)), codebookSize, refuse)
    expect(codeCount).toBe(codebookSize)
    expect(vectors).toHaveLength(codebookSize * width)
    const codes = new Set(Array.from({ length: codebookSize }, (_, code) => vectors.slice(code * width, (code + 1) * width).join()))
    expect(codes.size).toBe(codebookSize)
  })

  it('is read from beside the graph, and widened where it is of half floats', async () => {
    const external = { location: 'weights.bin', offset: 2, byteLength: 8 }
    const graph = decoder({ name: 'codes', type: 'float16', dims: [2, 2], external })
    const halves = new Uint8Array(Uint16Array.of(0x3c00, 0x4000, 0xbc00, 0).buffer)
    const { vectors } = await readCodebook(graph, 2, async (part) => {
      expect(part).toEqual(external)
      return halves
    })
    expect([...vectors]).toEqual([1, 2, -1, 0])
  })

  it('is not taken for another constant of that size', async () => {
    const bytes = new Uint8Array(new Float32Array(4).buffer)
    const graph = decoder({ name: 'weights', type: 'float32', dims: [2, 2], bytes }, 'Add')
    await expect(readCodebook(graph, 2, refuse)).rejects.toMatchObject({ problem: 'graph-unreadable' })
  })
})
