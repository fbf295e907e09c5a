import { open } from 'node:fs/promises'
import { CheckpointError } from './checkpoint-error.ts'
import { widenBrainFloats, widenHalfFloats } from './half-floats.ts'
import { readExactly, type StoredTensor, type StoredType } from './safetensors.ts'

/** How each stored type becomes float32; only those a weight may have. */
const FLOAT_READERS: Partial<Record<StoredType, (buffer: ArrayBuffer) => Float32Array>> = {
  F32: (buffer) => new Float32Array(buffer),
  F16: (buffer) => widenHalfFloats(new Uint16Array(buffer)),
  BF16: (buffer) => widenBrainFloats(new Uint16Array(buffer)),
}

/** Whether a tensor of this type can be a weight. */
export function isFloatType(type: StoredType): boolean {
  return FLOAT_READERS[type] !== undefined
}

/**
 * The elements of a tensor as float32, whatever float type they are stored in.
 *
 * @throws {CheckpointError} 'tensor-type-unsupported' or 'file-truncated'.
 */
export async function readFloats(tensor: StoredTensor): Promise<Float32Array> {
  const read = FLOAT_READERS[tensor.type]
  if (read === undefined) throw new CheckpointError('tensor-type-unsupported', tensor.name, tensor.type)
  return read(await readBytes(tensor))
}

/** @throws {CheckpointError} 'tensor-type-unsupported' or 'file-truncated'. */
export async function readInt64s(tensor: StoredTensor): Promise<BigInt64Array> {
  if (tensor.type !== 'I64') throw new CheckpointError('tensor-type-unsupported', tensor.name, tensor.type)
  return new BigInt64Array(await readBytes(tensor))
}

async function readBytes({ file, offset, byteLength }: StoredTensor): Promise<ArrayBuffer> {
  const handle = await open(file, 'r')
  try {
    return (await readExactly(handle, offset, byteLength)).buffer
  } finally {
    await handle.close()
  }
}
