import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import { decodeStep, maskedPositions } from './decode-step.ts'
import { annealChoiceTemperature, remaskCounts, type MaskSchedule } from './schedules.ts'

/**
 * Recorded runs of the reference implementation's scheduler (diffusers, AmusedScheduler, under torch): per step its logits,
 * the uniforms of both draws, and the tokens after it. Its token draw is Gumbel-max over 16 codes, ours goes along the
 * cumulative sum with one uniform: the test gives ours the middle of the interval of the token that Gumbel-max drew.
 */
interface Trace {
  readonly steps: number
  readonly schedule: MaskSchedule
  readonly mask_token_id: number
  readonly temperature: readonly [number, number]
  readonly masked_after: readonly number[]
}

const fixtures = path.join(import.meta.dirname, 'fixtures')
const traces = JSON.parse(readFileSync(path.join(fixtures, 'traces.json'), 'utf8')) as Record<string, Trace>
const TOKEN_COUNT = 64
const CODEBOOK_SIZE = 16

/** A tensor of the safetensors file: an 8-byte header length, a JSON header, then the data. */
function readTensor(name: string): Float64Array {
  const bytes = readFileSync(path.join(fixtures, 'traces.safetensors'))
  const headerBytes = Number(bytes.readBigUInt64LE(0))
  const header = JSON.parse(bytes.subarray(8, 8 + headerBytes).toString()) as Record<
    string,
    { dtype: string; data_offsets: [number, number] }
  >
  const { dtype, data_offsets } = header[name]!
  const data = bytes.subarray(8 + headerBytes + data_offsets[0], 8 + headerBytes + data_offsets[1])
  return dtype === 'I64'
    ? Float64Array.from({ length: data.length / 8 }, (_, i) => Number(data.readBigInt64LE(i * 8)))
    : Float64Array.from({ length: data.length / 4 }, (_, i) => data.readFloatLE(i * 4))
}

/** The uniforms that make `decodeStep` draw what the reference drew, and its own choice noise. */
function replay(rows: Float32Array, tokenUniforms: Float64Array, choiceUniforms: Float64Array): number[] {
  return [...choiceUniforms].flatMap((choice, i) => {
    const row = rows.subarray(i * CODEBOOK_SIZE, (i + 1) * CODEBOOK_SIZE)
    const weights = Array.from(row, Math.exp)
    const scores = weights.map((w, k) => Math.log(w) - Math.log(-Math.log(tokenUniforms[i * CODEBOOK_SIZE + k]!)))
    const drawn = scores.indexOf(Math.max(...scores))
    const below = weights.slice(0, drawn).reduce((sum, w) => sum + w, 0)
    return [(below + weights[drawn]! / 2) / weights.reduce((sum, w) => sum + w, 0), choice]
  })
}

/** Rows of a [TOKEN_COUNT × width] step, for the given positions only. */
function pickRows(step: Float64Array, positions: Int32Array, width: number): Float64Array {
  return Float64Array.from([...positions].flatMap((p) => [...step.subarray(p * width, (p + 1) * width)]))
}

/** The recorded logits of a step, [16 × 64] as the reference has them, as [64 × 16]. */
function readLogits(name: string, step: number): Float64Array {
  const size = TOKEN_COUNT * CODEBOOK_SIZE
  const codesFirst = readTensor(`${name}.logits`).subarray(step * size, (step + 1) * size)
  return codesFirst.map((_, i) => codesFirst[(i % CODEBOOK_SIZE) * TOKEN_COUNT + Math.floor(i / CODEBOOK_SIZE)]!)
}

/** `one_left` is left out on purpose: there the reference draws its one masked token four times and keeps none before the end; our rule reveals one in every step. */
describe.each(['t2i_cos12', 't2i_cos8', 'inp_lin12'])('the reference run %s', (name) => {
  const trace = traces[name]!
  const recorded = readTensor(`${name}.ids`).map((id) => (id === trace.mask_token_id ? MASK_TOKEN : id))
  const tokensAfter = (step: number) => Int32Array.from(recorded.subarray(step * TOKEN_COUNT, (step + 1) * TOKEN_COUNT))

  it('masks as many tokens after each step', () => {
    expect(remaskCounts(trace.schedule, trace.masked_after[0]!, trace.steps)).toEqual(trace.masked_after.slice(1))
  })

  it('draws and masks the same tokens in every step', () => {
    const tokenUniforms = readTensor(`${name}.u_token`)
    const choiceUniforms = readTensor(`${name}.u_conf`)
    for (let step = 0; step < trace.steps; step++) {
      const before = tokensAfter(step)
      const positions = maskedPositions(before)
      const logits = Float32Array.from(pickRows(readLogits(name, step), positions, CODEBOOK_SIZE))
      const perStep = TOKEN_COUNT * CODEBOOK_SIZE
      const uniforms = replay(
        logits,
        pickRows(tokenUniforms.subarray(step * perStep, (step + 1) * perStep), positions, CODEBOOK_SIZE),
        pickRows(choiceUniforms.subarray(step * TOKEN_COUNT, (step + 1) * TOKEN_COUNT), positions, 1),
      )
      const options = {
        temperature: 1,
        topK: null,
        choiceTemperature: annealChoiceTemperature(trace.temperature[0], step, trace.steps),
        remaskCount: trace.masked_after[step + 1]!,
      }
      const { tokens } = decodeStep(before, logits, options, () => uniforms.shift()!)
      expect(tokens, `step ${step}`).toEqual(tokensAfter(step + 1))
    }
  })
})
