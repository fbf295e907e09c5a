import { open } from 'node:fs/promises'
import { sizeInBytes, type StoredType } from './safetensors.ts'

/** A tensor to be saved. */
export interface TensorToWrite {
  readonly type: StoredType
  readonly dims: readonly number[]
  /** Its elements as they shall lie in the file. A function is called when they are due, so that not all are in memory at once. */
  readonly bytes: Uint8Array | (() => Uint8Array)
}

/** Saves tensors in the safetensors format, in the order of `tensors`. The header is padded so that data begins at a multiple of 8. */
export async function writeSafetensors(file: string, tensors: ReadonlyMap<string, TensorToWrite>): Promise<void> {
  let position = 0
  const header = Object.fromEntries([...tensors].map(([name, { type, dims }]) => {
    const begin = position
    position += sizeInBytes(type, dims)
    return [name, { dtype: type, shape: dims, data_offsets: [begin, position] }]
  }))
  const json = JSON.stringify(header)
  const text = new TextEncoder().encode(json + ' '.repeat((8 - (new TextEncoder().encode(json).length % 8)) % 8))
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(text.byteLength), true)

  const handle = await open(file, 'w')
  try {
    await handle.writeFile(length)
    await handle.writeFile(text)
    for (const [name, { type, dims, bytes }] of tensors) {
      const elements = typeof bytes === 'function' ? bytes() : bytes
      if (elements.byteLength !== sizeInBytes(type, dims)) throw new RangeError(`${name}: ${elements.byteLength} bytes`)
      await handle.writeFile(elements)
    }
  } finally {
    await handle.close()
  }
}
