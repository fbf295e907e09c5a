import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openOnnxSession } from '../../electron/inference/onnx-session.ts'
import { createRandom } from '../sampling/random.ts'
import { tensor } from '../tensor/tensor.ts'
import { add } from './arithmetic.ts'
import { Graph } from './graph.ts'
import { matMul } from './products.ts'
import { reduceModel } from './reduce-model.ts'
import { REDUCED_FORMATS, type ReducedPrecision } from './reduced/reduced-formats.ts'

describe('a model of another program', () => {
  const random = createRandom(8)
  const draw = (count: number) => Array.from({ length: count }, () => random() * 2 - 1)
  const graph = new Graph('test')
  const x = graph.input('x', 'float32', ['batch', 'length', 64])
  const inner = matMul(x, graph.constant('float32', [64, 96], draw(64 * 96)))
  graph.output('y', add(matMul(inner, graph.constant('float32', [96, 32], draw(96 * 32))), 1))
  const bytes = graph.serialize()
  const feeds = { x: tensor('float32', [2, 5, 64], Float32Array.from(draw(640))) }

  const run = async (model: Uint8Array) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'reduce-'))
    await writeFile(path.join(folder, 'model.onnx'), model)
    const session = await openOnnxSession(path.join(folder, 'model.onnx'), { provider: 'cpu', threadCount: 1 })
    const { y } = await session.run(feeds)
    await session.dispose()
    await rm(folder, { recursive: true })
    return y!
  }

  it.each<[ReducedPrecision, number]>([['int8', 0.03], ['int4', 0.2]])('gives nearly the same in %s', async (precision, tolerance) => {
    const reduced = reduceModel(bytes, { format: REDUCED_FORMATS[precision], isReduced: () => true })
    expect(reduced.count).toBe(2)
    expect(reduced.bytes.length).toBeLessThan(bytes.length / 2)
    const [exact, rounded] = [await run(bytes), await run(reduced.bytes)]
    expect(rounded.dims).toEqual(exact.dims)
    const power = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
    const error = power((exact.data as Float32Array).map((value, i) => value - (rounded.data as Float32Array)[i]!)) / power(exact.data as Float32Array)
    expect(error).toBeGreaterThan(1e-4)
    expect(error).toBeLessThan(tolerance)
  })

  it('keeps the products it is told to keep', async () => {
    const reduced = reduceModel(bytes, { format: REDUCED_FORMATS.int8, isReduced: () => false })
    expect(reduced.count).toBe(0)
    expect(await run(reduced.bytes)).toEqual(await run(bytes))
  })
})
