import { describe, expect, it } from 'vitest'
import { choosePrecision, findMissingPrecision, listPrecisions, listWritablePrecisions, type PackGraphs } from './precisions.ts'

const stage = { transformer: 'transformer.onnx', variants: { int8: 'transformer-int8.onnx' } } as unknown as PackGraphs['stages'][number]
const pack: PackGraphs = {
  stages: [stage],
  files: ['transformer.onnx', 'transformer-int8.onnx', 'text-encoder.onnx', 'weights/transformer.safetensors'].map((path) => ({ path, bytes: 10 })),
  externalWeightBytes: { 'transformer.onnx': 4000, 'transformer-int8.onnx': 1000, 'text-encoder.onnx': 500 },
}
/** A pack that has these beside full precision, of 4520, 2520, 1520 and 1120 bytes. */
const packWith = (...reduced: (keyof typeof BYTES)[]): PackGraphs => ({
  ...pack,
  checkpoint: {},
  stages: [{ ...stage, variants: Object.fromEntries(reduced.map((precision) => [precision, `transformer-${precision}.onnx`])) }],
  files: ['transformer.onnx', 'text-encoder.onnx', ...reduced.map((precision) => `transformer-${precision}.onnx`)].map((path) => ({ path, bytes: 10 })),
  externalWeightBytes: {
    ...pack.externalWeightBytes,
    ...Object.fromEntries(reduced.map((precision) => [`transformer-${precision}.onnx`, BYTES[precision]])),
  },
})
const BYTES = { f16: 2000, int8: 1000, int4: 600 }
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
    ['4 bits where 8 do not fit', packWith('f16', 'int8', 'int4'), 'auto', 1200, 'int4', 'small'],
    ['the quick one where all fit', packWith('f16', 'int8', 'int4'), 'auto', 1520, 'int8', 'quick'],
    ['the smallest where none fits', pack, 'auto', 100, 'int8', 'least'],
    ['4 bits where nothing fits', packWith('int8', 'int4'), 'auto', 100, 'int4', 'least'],
    ['the full one where it fits and 8 bits are not there', packWith('f16', 'int4'), 'auto', 1e9, 'f32', 'exact'],
    ['no half precision, which a processor computes in 32 bits', packWith('f16'), 'auto', 3000, 'f32', 'least'],
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

  it.each<[string, PackGraphs, number, boolean, string | undefined]>([
    ['4 bits where 8 do not fit', packWith('int8'), 1300, false, 'int4'],
    ['8 bits where they fit now', packWith('int4'), 1e9, false, 'int8'],
    ['half precision on a graphics card', packWith('int8'), 1e9, true, 'f16'],
    ['nothing where the best is there', packWith('int8'), 1e9, false, undefined],
    ['nothing where nothing can be made', pack, 1300, false, undefined],
  ])('that are not written would suit the machine better: %s', (_, written, budgetBytes, usesGraphicsCard, missing) => {
    expect(findMissingPrecision(written, { budgetBytes, usesGraphicsCard })).toBe(missing)
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
