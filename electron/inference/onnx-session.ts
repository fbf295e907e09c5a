import type { Tensor as OrtTensor } from 'onnxruntime-node'
import { NO_DEMANDS, type Session } from '../../models/runtime/session.ts'
import { tensor, type Tensor } from '../../models/tensor/tensor.ts'
import type { Execution } from './execution-providers.ts'

// On Linux and macOS ONNX Runtime tells Microsoft about every session, and keeps an id of the machine in the user's cache
// folder, unless this is set before its library is loaded (microsoft/onnxruntime, pull request 27379).
process.env['ORT_DISABLE_TELEMETRY'] = '1'
const { InferenceSession, Tensor: RuntimeTensor } = await import('onnxruntime-node')

/**
 * Loads a graph in ONNX Runtime. Loading and running block the whole process.
 *
 * @param path  absolute: a graph is loaded by path, since Electron forbids external buffers and copies others.
 * @throws {Error} ONNX Runtime's own, when the file is no graph it can run.
 */
export async function openOnnxSession(
  path: string,
  { provider, threadCount }: Execution,
  { areWeightsMapped } = NO_DEMANDS,
): Promise<Session> {
  const session = await InferenceSession.create(path, {
    executionProviders: [provider],
    intraOpNumThreads: threadCount,
    extra: {
      session: {
        // Spinning threads would take the cores from the window while nothing is to be computed.
        intra_op: { allow_spinning: '0' },
        // Unpacked weights stay mapped from their file: aMUSEd's transformer then loads at once and has 0.2 GB of its own
        // instead of 1.7, for 5 to 10 % of the speed.
        ...(areWeightsMapped ? { disable_prepacking: '1' } : {}),
      },
    },
  })
  let isReleased = false
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds) {
      const results = await session.run(mapValues(feeds, toOrtTensor))
      return mapValues(results, fromOrtTensor)
    },
    async dispose() {
      if (isReleased) return
      isReleased = true
      await session.release()
    },
  }
}

function toOrtTensor({ type, dims, data }: Tensor): OrtTensor {
  return new RuntimeTensor(type, data, dims)
}

function fromOrtTensor({ type, dims, data }: OrtTensor): Tensor {
  if (data instanceof Float32Array) return tensor('float32', dims, data)
  if (data instanceof BigInt64Array) return tensor('int64', dims, data)
  if (data instanceof Int32Array) return tensor('int32', dims, data)
  if (data instanceof Uint8Array) return tensor('uint8', dims, data)
  throw new TypeError(`a graph gave a tensor of ${type}`)
}

function mapValues<In, Out>(record: Readonly<Record<string, In>>, map: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}
