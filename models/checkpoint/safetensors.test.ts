import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readFloats, readInt64s } from './read-tensor.ts'
import { readSafetensorsHeader } from './safetensors.ts'
import { writeSafetensors } from './write-safetensors.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'safetensors-'))
  file = path.join(folder, 'model.safetensors')
})
afterEach(() => rm(folder, { recursive: true }))

const bytesOf = (data: { buffer: ArrayBufferLike }) => new Uint8Array(data.buffer)

/** A file with this header before `dataBytes` of zeros. */
async function writeRaw(header: unknown, dataBytes = 8, headerBytes?: bigint): Promise<void> {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(headerBytes ?? BigInt(text.length))
  await writeFile(file, Buffer.concat([length, text, Buffer.alloc(dataBytes)]))
}

const twoFloats = (begin: number, end = begin + 8) => ({ dtype: 'F32', shape: [2], data_offsets: [begin, end] })

describe('readSafetensorsHeader', () => {
  it('finds every tensor, and the elements behind it', async () => {
    await writeSafetensors(file, new Map([
      ['weight', { type: 'F32', dims: [2, 1], bytes: bytesOf(Float32Array.of(1.5, -2)) }],
      ['half', { type: 'F16', dims: [1], bytes: bytesOf(Uint16Array.of(0x3c00)) }],
      ['brain', { type: 'BF16', dims: [1], bytes: bytesOf(Uint16Array.of(0xc000)) }],
      ['ids', { type: 'I64', dims: [1], bytes: bytesOf(BigInt64Array.of(-7n)) }],
    ]))
    const tensors = await readSafetensorsHeader(file)
    expect([...tensors.keys()]).toEqual(['weight', 'half', 'brain', 'ids'])
    expect(tensors.get('weight')).toMatchObject({ dims: [2, 1], type: 'F32', byteLength: 8 })
    expect([...await readFloats(tensors.get('weight')!)]).toEqual([1.5, -2])
    expect([...await readFloats(tensors.get('half')!)]).toEqual([1])
    expect([...await readFloats(tensors.get('brain')!)]).toEqual([-2])
    expect([...await readInt64s(tensors.get('ids')!)]).toEqual([-7n])
    await expect(readFloats(tensors.get('ids')!)).rejects.toMatchObject({ problem: 'tensor-type-unsupported' })
  })

  it('passes over the metadata and a header padded with spaces', async () => {
    await writeRaw(`${JSON.stringify({ __metadata__: { format: 'pt' }, a: twoFloats(0) })}     `)
    expect([...(await readSafetensorsHeader(file)).keys()]).toEqual(['a'])
  })

  it('takes a name like __proto__ for a name', async () => {
    await writeRaw(`{"__proto__":${JSON.stringify(twoFloats(0))}}`)
    expect([...(await readSafetensorsHeader(file)).keys()]).toEqual(['__proto__'])
  })

  it.each([
    ['a header longer than the file', { a: twoFloats(0) }, 8, 10_000n, 'file-truncated'],
    ['a header length beyond all reason', { a: twoFloats(0) }, 8, 2n ** 63n, 'header-invalid'],
    ['a header that is not JSON', '{"a":', 8, undefined, 'header-invalid'],
    ['a header that is a list', [], 8, undefined, 'header-invalid'],
    ['offsets past the end', { a: twoFloats(0), b: twoFloats(8) }, 8, undefined, 'file-truncated'],
    ['overlapping tensors', { a: twoFloats(0), b: twoFloats(4) }, 12, undefined, 'header-invalid'],
    ['the same bytes twice', { a: twoFloats(0), b: twoFloats(0) }, 8, undefined, 'header-invalid'],
    ['a hole between tensors', { a: twoFloats(0), b: twoFloats(12) }, 20, undefined, 'header-invalid'],
    ['bytes behind the last tensor', { a: twoFloats(0) }, 12, undefined, 'header-invalid'],
    ['a size that does not fit the shape', { a: twoFloats(0, 12) }, 12, undefined, 'header-invalid'],
    ['an end before the beginning', { a: { dtype: 'F32', shape: [0], data_offsets: [8, 0] } }, 8, undefined, 'header-invalid'],
    ['a negative size', { a: { dtype: 'F32', shape: [-2], data_offsets: [0, 8] } }, 8, undefined, 'header-invalid'],
    ['a negative offset', { a: twoFloats(-8, 0) }, 8, undefined, 'header-invalid'],
    ['an unknown type', { a: { dtype: 'Q4', shape: [2], data_offsets: [0, 8] } }, 8, undefined, 'header-invalid'],
    ['a type named like a property of every object', { a: { dtype: 'toString', shape: [2], data_offsets: [0, 8] } }, 8, undefined, 'header-invalid'],
  ])('refuses %s', async (_, header, dataBytes, headerBytes, problem) => {
    await writeRaw(header, dataBytes, headerBytes)
    await expect(readSafetensorsHeader(file)).rejects.toMatchObject({ problem })
  })

  it('refuses a name that comes twice', async () => {
    await writeRaw(`{"a":${JSON.stringify(twoFloats(0))},"a":${JSON.stringify(twoFloats(8))}}`, 16)
    await expect(readSafetensorsHeader(file)).rejects.toMatchObject({ problem: 'header-invalid' })
  })

  it('says that a file cut off anywhere is truncated', async () => {
    await writeRaw({ a: twoFloats(0) })
    const whole = await readFile(file)
    for (const length of [0, 7, 20, whole.length - 1]) {
      await writeFile(file, whole)
      await truncate(file, length)
      await expect(readSafetensorsHeader(file), `${length} bytes`).rejects.toMatchObject({ problem: 'file-truncated' })
    }
  })

  it('says that a file is not there', async () => {
    await expect(readSafetensorsHeader(path.join(folder, 'none'))).rejects.toMatchObject({ problem: 'file-unreadable' })
  })
})
