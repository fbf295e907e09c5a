import { describe, expect, it } from 'vitest'
import { choosePrecision, listPrecisions, type PackGraphs } from './precisions.ts'

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
    expect(choosePrecision(chosen, choice, budgetBytes)).toEqual({ precision, reason })
  })
})
