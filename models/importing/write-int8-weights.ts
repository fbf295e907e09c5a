import { open } from 'node:fs/promises'
import { quantizeMatrix } from '../checkpoint/quantize.ts'
import { readFloats } from '../checkpoint/read-tensor.ts'
import { padding, type Int8Weights } from '../onnx/int8-weights.ts'

/**
 * Writes the file that graphs were built against: each weight read, rounded and written in turn, so that no more than one
 * is in memory.
 *
 * @param file  absolute; must not exist.
 */
export async function writeInt8Weights(file: string, { entries }: Int8Weights, signal: AbortSignal | undefined): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    for (const { tensor, outCount } of entries) {
      signal?.throwIfAborted()
      const { values, scales } = quantizeMatrix(await readFloats(tensor), outCount)
      await handle.writeFile(new Uint8Array(values.buffer))
      await handle.writeFile(new Uint8Array(padding(values.length)))
      await handle.writeFile(new Uint8Array(scales.buffer))
    }
  } finally {
    await handle.close()
  }
}
