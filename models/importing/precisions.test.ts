import { describe, expect, it } from 'vitest'
import { choosePrecision, listPrecisions, listWritablePrecisions, type PackGraphs } from './precisions.ts'

const stage = { transformer: 'transformer.onnx', variants: { int8: 'transformer-int8.onnx' } } as unknown as PackGraphs['stages'][number]
const pack: PackGraphs = {
  stages: [stage],
  files: ['transformer.onnx', 'transformer-int8.onnx', 'text-encoder.onnx', 'weights/transformer.safetensors'].map((path) => ({ path, bytes: 10 })),
  externalWeightBytes: { 'transformer.onnx': 4000, 'transformer-int8.onnx': 1000, 'text-encoder.onnx': 500 },
}
const plainStage = { transformer: stage.transformer } as PackGraphs['stages'][number]
const plain: PackGraphs = { ...pack, stages: [plainStage] }

describe('the precisions of a pack', () => {
  it('are those that every stage has, with the memory of all their graphs', () => {
    expect(listPrecisions(pack)).toEqual([{ precision: 'f32', memoryBytes: 4520 }, { precision: 'int8', memoryBytes: 1520 }])
    expect(listPrecisions({ ...pack, stages: [stage, plainStage] }).map(({ precision }) => precision)).toEqual(['f32'])
  })

  it.each<[string, PackGraphs, string, number, string, string]>([
    ['the only one', plain, 'auto', 1e9, 'f32', 'only-one'],
    ['the quick one', pack, 'auto', 1e9, 'int8', 'quick'],
    ['the smallest where none fits', pack, 'auto', 100, 'int8', 'small'],
    ['what the user wants', pack, 'f32', 100, 'f32', 'asked'],
    ['its own where the pack does not have what the user wants', pack, 'int4', 1e9, 'int8', 'quick'],
  ])('the program chooses: %s', (_, chosen, choice, budgetBytes, precision, reason) => {
    expect(choosePrecision(chosen, choice, { budgetBytes, usesGraphicsCard: false })).toEqual({ precision, reason })
  })

  it.each<[string, string, Record<string, string>, string, string]>([
    ['no 8 bits', 'auto', { int8: 'transformer-int8.onnx' }, 'f32', 'graphics-card'],
    ['half precision where it is there', 'auto', { int8: 'transformer-int8.onnx', f16: 'transformer-f16.onnx' }, 'f16', 'graphics-card'],
    ['another one for 8 bits that were asked for, and says so', 'int8', { int8: 'transformer-int8.onnx' }, 'f32', 'processor-only'],
    ['what is asked for', 'f32', { f16: 'transformer-f16.onnx' }, 'f32', 'asked'],
  ])('on a graphics card: %s', (_, choice, variants, precision, reason) => {
    const stages = [{ ...stage, variants }] as PackGraphs['stages']
    expect(choosePrecision({ ...pack, stages }, choice, { budgetBytes: 1e9, usesGraphicsCard: true })).toEqual({ precision, reason })
  })

  it('can be written where the pack keeps what they are made of, the smaller the less memory', () => {
    expect(listWritablePrecisions(pack)).toEqual([])
    const writable = listWritablePrecisions({ ...pack, checkpoint: {} })
    expect(writable.map(({ precision }) => precision)).toEqual(['f16', 'int4'])
    expect(writable.map(({ memoryBytes }) => memoryBytes)).toEqual([2520, 1160])
  })

  it('count no graph of a style', () => {
    const adapters = [{ id: 'x', name: 'x', weights: 'w', graphs: { 'transformer.onnx': 'text-encoder.onnx' } }]
    expect(listPrecisions({ ...pack, adapters })[0]!.memoryBytes).toBe(4010)
  })
})
