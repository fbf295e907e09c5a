import { writeFile } from 'node:fs/promises'
import type { StoredType } from './safetensors.ts'

/** A tensor to be saved; `bytes` are its elements as they shall lie in the file. */
export interface TensorToWrite {
  readonly type: StoredType
  readonly dims: readonly number[]
  readonly bytes: Uint8Array
}

/** Saves tensors in the safetensors format, in the order of `tensors`. The header is padded so that data begins at a multiple of 8. */
export async function writeSafetensors(file: string, tensors: ReadonlyMap<string, TensorToWrite>): Promise<void> {
  let position = 0
  const header = Object.fromEntries([...tensors].map(([name, { type, dims, bytes }]) => {
    const begin = position
    position += bytes.byteLength
    return [name, { dtype: type, shape: dims, data_offsets: [begin, position] }]
  }))
  const json = JSON.stringify(header)
  const text = new TextEncoder().encode(json.padEnd(json.length + (8 - (json.length % 8)) % 8))
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(text.byteLength), true)
  await writeFile(file, Buffer.concat([length, text, ...[...tensors.values()].map(({ bytes }) => bytes)]))
}
