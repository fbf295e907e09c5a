import type { InferenceSession as OrtSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { NO_DEMANDS, type Session } from '../../models/runtime/session.ts'
import { tensor, type Tensor } from '../../models/tensor/tensor.ts'
import type { Execution } from './execution-providers.ts'

// On Linux and macOS ONNX Runtime tells Microsoft about every session, and keeps an id of the machine in the user's cache
// folder, unless this is set before its library is loaded (microsoft/onnxruntime, pull request 27379).
process.env['ORT_DISABLE_TELEMETRY'] = '1'
const { InferenceSession, listSupportedBackends, Tensor: RuntimeTensor } = await import('onnxruntime-node')

/** What this build of ONNX Runtime knows on this system. `bundled`: the library for it is there. */
export function listBackends(): readonly { readonly name: string; readonly bundled: boolean }[] {
  return listSupportedBackends()
}

/**
 * Loads a graph in ONNX Runtime. Loading and running block the whole process.
 *
 * @param graph  its absolute path, since Electron forbids external buffers and copies others; or a very small graph's bytes.
 * @throws {Error} ONNX Runtime's own, when the file is no graph it can run.
 */
export async function openOnnxSession(
  graph: string | Uint8Array,
  { provider, threadCount }: Pick<Execution, 'provider' | 'threadCount'>,
  { areWeightsMapped, externalWeightBytes } = NO_DEMANDS,
): Promise<Session> {
  const options: OrtSession.SessionOptions = {
    // What a card has no kernel for runs on the processor.
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    intraOpNumThreads: threadCount,
    // How a first run's memory lay helps the next one, which takes it once more. Small graphs are 1.4 times as fast by it; of large
    // ones, whose weights lie beside them, decoding 512 pixels would hold 2.3 GB instead of 1.5, for nothing.
    enableMemPattern: externalWeightBytes === 0,
    extra: {
      session: {
        // Spinning threads would take the cores from the window while nothing is to be computed.
        intra_op: { allow_spinning: '0' },
        // Unpacked weights stay mapped from their file: aMUSEd's transformer then loads at once and has 0.2 GB of its own
        // instead of 1.7, for 5 to 10 % of the speed.
        ...(areWeightsMapped ? { disable_prepacking: '1' } : {}),
      },
    },
  }
  const session = await (typeof graph === 'string' ? InferenceSession.create(graph, options) : InferenceSession.create(graph, options))
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
