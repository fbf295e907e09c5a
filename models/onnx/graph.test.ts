import { fromBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema, TensorProto_DataLocation } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { add, argMax, mean, multiply } from './arithmetic.ts'
import { concatenate, gather, reshape, slice, split, splitEvenly, transpose } from './arrangement.ts'
import type { Dims } from './dims.ts'
import { Graph, type Value } from './graph.ts'
import { attend, groupNorm, mergeHeads, splitHeads, splitKeyHeads } from './layers.ts'
import { convolve, matMul, matMulTransposed, normalizeLast, spread } from './products.ts'

const read = (graph: Graph) => fromBinary(ModelProtoSchema, graph.serialize())
const floats = (dims: Dims, graph = new Graph('test')): Value => graph.input(`input_${dims.join('_')}`, 'float32', dims)

describe('Graph', () => {
  it('writes inputs, outputs, nodes and what ONNX Runtime needs to know of the version', () => {
    const graph = new Graph('sum')
    const x = graph.input('x', 'float32', ['batch', 3])
    graph.output('y', add(x, 1.5))
    const model = read(graph)
    expect(model.opsetImport).toMatchObject([{ domain: '', version: 17n }])
    expect(model.graph!.node.map((node) => node.opType)).toEqual(['Add', 'Identity'])
    expect(model.graph!.output[0]!.name).toBe('y')
    expect(model.graph!.input[0]!.type!.value.value).toMatchObject({
      elemType: 1, shape: { dim: [{ value: { case: 'dimParam', value: 'batch' } }, { value: { case: 'dimValue', value: 3n } }] },
    })
  })

  it('points into the file a weight lies in', () => {
    const graph = new Graph('weights')
    graph.output('y', graph.external('w', 'float16', [2, 2], { location: 'weights/a.safetensors', offset: 5_000_000_000, byteLength: 8 }))
    const [tensor] = read(graph).graph!.initializer
    expect(tensor!.dataLocation).toBe(TensorProto_DataLocation.EXTERNAL)
    expect(Object.fromEntries(tensor!.externalData.map(({ key, value }) => [key, value]))).toEqual({
      location: 'weights/a.safetensors', offset: '5000000000', length: '8',
    })
  })

  it('writes an equal constant once', () => {
    const x = floats([2])
    add(add(x, 2), 2)
    expect(read(x.graph).graph!.initializer).toHaveLength(1)
  })

  it('refuses a value of another graph', () => {
    expect(() => add(floats([2]), floats([2]))).toThrow('another graph')
  })
})

describe('operators', () => {
  it('split into few parts at once, and cut many out one by one, for WebGPU gives a shader few buffers', () => {
    const few = floats(['batch', 12])
    expect(splitEvenly(few, 1, 6).map(({ dims }) => dims)).toEqual(Array(6).fill(['batch', 2]))
    expect(read(few.graph).graph!.node.map((node) => node.opType)).toEqual(['Split'])
    const many = floats(['batch', 12])
    expect(split(many, -1, [1, 2, 1, 2, 1, 2, 1, 2]).map(({ dims }) => dims[1])).toEqual([1, 2, 1, 2, 1, 2, 1, 2])
    expect(read(many.graph).graph!.node.map((node) => node.opType)).toEqual(Array(8).fill('Slice'))
  })

  it('carry shapes along', () => {
    const graph = new Graph('test')
    const image = floats(['batch', 4, 'rows', 'columns'], graph)
    expect(convolve(image, floats([8, 4, 3, 3], graph), null, { pads: [1, 1, 1, 1] }).dims).toEqual(['batch', 8, 'rows', 'columns'])
    expect(convolve(image, floats([8, 4, 2, 2], graph), null, { stride: 2 }).dims).toEqual(['batch', 8, '⌊rows/2⌋', '⌊columns/2⌋'])
    expect(spread(image, floats([4, 8, 2, 2], graph), null).dims).toEqual(['batch', 8, '2*rows', '2*columns'])
    expect(mean(image, 1).dims).toEqual(['batch', 1, 'rows', 'columns'])
    expect(gather(floats([10, 6], graph), graph.input('ids', 'int64', ['batch', 7]), 0).dims).toEqual(['batch', 7, 6])
    expect(slice(image, 2, 0, 3, 3).dims).toEqual(['batch', 4, 3, 'columns'])
    expect(argMax(image, 1)).toMatchObject({ type: 'int64', dims: ['batch', 'rows', 'columns'] })
    expect(concatenate([image, image], 1).dims).toEqual(['batch', 8, 'rows', 'columns'])
    expect(concatenate([image, image], 2).dims).toEqual(['batch', 4, '(rows+rows)', 'columns'])
  })

  it('know odd sizes after a step of two', () => {
    const graph = new Graph('test')
    const pads = [0, 0, 1, 1] as const
    expect(convolve(floats([1, 3, 17, 22], graph), floats([3, 3, 3, 3], graph), null, { stride: 2, pads }).dims).toEqual([1, 3, 8, 11])
  })

  it('read a shape when the graph runs only where it cannot be written down', () => {
    const graph = new Graph('test')
    const image = floats(['batch', 'rows', 'columns', 6], graph)
    const tokens = reshape(image, ['batch', 'columns*rows', 6])
    expect(read(graph).graph!.node.map((node) => node.opType)).toEqual(['Reshape'])
    reshape(tokens, image.dims)
    expect(read(graph).graph!.node.map((node) => node.opType)).toEqual(['Reshape', 'Shape', 'Shape', 'Shape', 'Concat', 'Reshape'])
  })

  it('split and join heads', () => {
    const x = floats(['batch', 'length', 12])
    const heads = splitHeads(x, 3)
    expect(heads.dims).toEqual(['batch', 3, 'length', 4])
    expect(splitKeyHeads(x, 3).dims).toEqual(['batch', 3, 4, 'length'])
    expect(mergeHeads(attend(heads, splitKeyHeads(x, 3), heads)).dims).toEqual(x.dims)
  })

  it.each<[string, (graph: Graph) => unknown]>([
    ['a reshape that loses elements', (g) => reshape(floats(['batch', 6], g), ['batch', 5])],
    ['an order that is none', (g) => transpose(floats([2, 3], g), [0, 0])],
    ['matrices that do not fit', (g) => matMul(floats([2, 3], g), floats([2, 3], g))],
    ['a weight of another width', (g) => matMulTransposed(floats(['n', 3], g), floats([5, 4], g), null)],
    ['a bias of another width', (g) => matMulTransposed(floats(['n', 4], g), floats([5, 4], g), floats([4], g))],
    ['a convolution over other channels', (g) => convolve(floats([1, 3, 8, 8], g), floats([4, 2, 3, 3], g), null)],
    ['parts that do not fill an axis', (g) => split(floats([2, 7], g), 1, [3, 3])],
    ['parts that cannot be equal', (g) => splitEvenly(floats([2, 7], g), 1, 2)],
    ['heads that do not divide the width', (g) => splitHeads(floats([1, 2, 7], g), 2)],
    ['groups that do not divide the channels', (g) => groupNorm(floats([1, 7, 2, 2], g), floats([7], g), floats([7], g), 2, 1e-6)],
    ['a scale of another width', (g) => normalizeLast(floats(['n', 4], g), floats([3], g), null, 1e-6)],
    ['operands of different types', (g) => multiply(floats([1], g), g.constant('int64', [1], [1]))],
    ['an axis that is not there', (g) => mean(floats([1], g), 1)],
    ['indices that are no integers', (g) => gather(floats([3], g), floats([1], g), 0)],
    ['joining along unequal axes', (g) => concatenate([floats([2, 3], g), floats([2, 4], g)], 0)],
  ])('refuse %s', (_, build) => {
    expect(() => build(new Graph('test'))).toThrow(RangeError)
  })
})
