import { open } from 'node:fs/promises'
import { readFloats } from '../checkpoint/read-tensor.ts'
import { padding, type ReducedWeights } from '../onnx/reduced/reduced-weights.ts'

/**
 * Writes the file that graphs were built against: each weight read, rounded and written in turn, so that no more than one
 * is in memory.
 *
 * @param file  absolute; must not exist.
 */
export async function writeReducedWeights(file: string, { entries, format }: ReducedWeights, signal: AbortSignal | undefined): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    for (const { tensor, outCount } of entries) {
      signal?.throwIfAborted()
      for (const bytes of format.encode(await readFloats(tensor), outCount)) {
        await handle.writeFile(bytes)
        await handle.writeFile(new Uint8Array(padding(bytes.length)))
      }
    }
  } finally {
    await handle.close()
  }
}
