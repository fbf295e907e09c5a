import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openPack, packFilePath } from '../../models/importing/open-pack.ts'
import { verifyPack } from '../../models/importing/verify-pack.ts'
import type { Session } from '../../models/runtime/session.ts'
import { tensor, type Tensor } from '../../models/tensor/tensor.ts'
import { chooseExecution } from './execution-providers.ts'
import { openOnnxSession } from './onnx-session.ts'

/** Inputs and torch's outputs per graph, cut to fit; made when the pack was exported. */
const fixtures = path.join(import.meta.dirname, 'fixtures')
const folder = path.resolve(import.meta.dirname, '../../models/packs/starter')
const opened: Session[] = []

/** Reads a NumPy file: magic, version, header length, a Python dictionary, then the data. */
function readNpy(name: string): Tensor {
  const bytes = readFileSync(path.join(fixtures, `${name}.npy`))
  const dataStart = 10 + bytes.readUInt16LE(8)
  const header = bytes.subarray(10, dataStart).toString('latin1')
  const dims = /'shape': \(([^)]*)\)/.exec(header)![1]!.split(',').filter((dim) => dim.trim()).map(Number)
  const data = bytes.buffer.slice(bytes.byteOffset + dataStart, bytes.byteOffset + bytes.length) as ArrayBuffer
  return header.includes('<i8')
    ? tensor('int64', dims, new BigInt64Array(data))
    : tensor('float32', dims, new Float32Array(data))
}

async function openGraph(name: string): Promise<Session> {
  const session = await openOnnxSession(packFilePath(folder, name), chooseExecution(0, 2))
  opened.push(session)
  return session
}

function largestDifference(a: Tensor, b: Tensor): number {
  expect(a.data).toHaveLength(b.data.length)
  let largest = 0
  for (let i = 0; i < a.data.length; i++) largest = Math.max(largest, Math.abs(Number(a.data[i]) - Number(b.data[i])))
  return largest
}

afterAll(() => Promise.all(opened.map((session) => session.dispose())))

describe('the starter pack', () => {
  it('is described and intact', async () => {
    const checks = await verifyPack(await openPack(folder), folder)
    expect(checks.filter(({ problem }) => problem !== null)).toEqual([])
    expect(checks.length).toBeGreaterThanOrEqual(5)
  })

  it('encodes text as torch did', async () => {
    const session = await openGraph('text-encoder.onnx')
    const { text } = await session.run({ ids: readNpy('text-ids'), mask: readNpy('text-mask') })
    expect(largestDifference(text!, readNpy('text-states'))).toBeLessThan(1e-4)
  })

  it('predicts the logits that torch did', async () => {
    const session = await openGraph('transformer.onnx')
    const { logits } = await session.run({
      tokens: readNpy('transformer-tokens'),
      text: readNpy('transformer-text'),
      mask: readNpy('transformer-mask'),
    })
    const expected = readNpy('transformer-logits-every-16th')
    const codebookSize = expected.dims[2]!
    const every16th = (logits!.data as Float32Array).filter((_, i) => Math.floor(i / codebookSize) % 16 === 0)
    expect(largestDifference(tensor('float32', expected.dims, every16th), expected)).toBeLessThan(1e-4)
  })

  it('turns tokens into the pixels that torch did', async () => {
    const session = await openGraph('vq-decoder.onnx')
    const { image } = await session.run({ tokens: readNpy('decoder-tokens') })
    const expected = readNpy('decoder-image-every-4th')
    const [, , height, width] = image!.dims as [number, number, number, number]
    const every4th = (image!.data as Float32Array).filter((_, i) => i % width % 4 === 0 && Math.floor(i / width) % height % 4 === 0)
    expect(largestDifference(tensor('float32', expected.dims, every4th), expected)).toBeLessThan(1e-4)
  })

  it('turns pixels into the tokens that torch did', async () => {
    const session = await openGraph('vq-encoder.onnx')
    const { tokens } = await session.run({ image: readNpy('encoder-image') })
    expect(tokens!.data).toEqual(readNpy('encoder-tokens').data)
  })
})
