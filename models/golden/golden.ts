import { mkdtemp, link, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { JsonObject } from '../checkpoint/open-checkpoint.ts'
import { readFloats, readInt64s } from '../checkpoint/read-tensor.ts'
import { readSafetensorsHeader, type StoredTensor } from '../checkpoint/safetensors.ts'
import { Weights } from '../checkpoint/weights.ts'
import { Graph } from '../onnx/graph.ts'
import { GraphWeights } from '../onnx/graph-weights.ts'
import type { Session } from '../runtime/session.ts'
import { tensor, type Tensor } from '../tensor/tensor.ts'

/**
 * For tests only: tiny random networks made by the published Python classes, with inputs and what those classes gave
 * (README.md in this folder).
 */
export class GoldenCase {
  readonly config: JsonObject
  /** The published classes' inputs and outputs. */
  readonly #io: ReadonlyMap<string, Tensor>
  readonly #tensors: ReadonlyMap<string, StoredTensor>

  private constructor(config: JsonObject, io: ReadonlyMap<string, Tensor>, tensors: ReadonlyMap<string, StoredTensor>) {
    this.config = config
    this.#io = io
    this.#tensors = tensors
  }

  static async open(name: string, weightsName = 'diffusion_pytorch_model.safetensors'): Promise<GoldenCase> {
    const config = JSON.parse(await readFile(goldenFile(name, 'config.json'), 'utf8')) as JsonObject
    const tensors = await readSafetensorsHeader(goldenFile(name, weightsName))
    return new GoldenCase(config, await readGoldenTensors(name, 'io.safetensors'), tensors)
  }

  tensor(name: string): Tensor {
    const found = this.#io.get(name)
    if (found === undefined) throw new RangeError(`the golden case has no tensor ${name}`)
    return found
  }

  floats(name: string): { dims: readonly number[]; data: Float32Array } {
    const found = this.tensor(name)
    if (found.type !== 'float32') throw new RangeError(`${name} is ${found.type}`)
    return found
  }

  /** Builds the graphs from this case's weights and opens them; every weight must be used by one of them. */
  async openGraphs<Name extends string>(
    builders: Readonly<Record<Name, (graph: Graph, weights: GraphWeights) => void>>,
    openSession: (path: string) => Promise<Session>,
    ignored: readonly string[] = [],
  ): Promise<Record<Name, Session> & { close(): Promise<void> }> {
    const folder = await mkdtemp(path.join(tmpdir(), 'golden-'))
    const weights = new Weights(this.#tensors)
    const weightsFile = [...this.#tensors.values()][0]!.file
    await link(weightsFile, path.join(folder, 'weights.safetensors')).catch(async () =>
      writeFile(path.join(folder, 'weights.safetensors'), await readFile(weightsFile)))
    const sessions: Record<string, Session> = {}
    for (const [name, build] of Object.entries<(graph: Graph, weights: GraphWeights) => void>(builders)) {
      const graph = new Graph(name)
      build(graph, new GraphWeights(graph, weights, () => 'weights.safetensors'))
      const file = path.join(folder, `${name}.onnx`)
      await writeFile(file, graph.serialize())
      sessions[name] = await openSession(file)
    }
    weights.checkAllTaken(ignored)
    const close = async () => {
      for (const session of Object.values(sessions)) await session.dispose()
      await rm(folder, { recursive: true })
    }
    return { ...(sessions as Record<Name, Session>), close }
  }
}

export function goldenFile(...parts: string[]): string {
  return path.join(import.meta.dirname, ...parts)
}

/** All tensors of a safetensors file of this folder, by name. */
export async function readGoldenTensors(...parts: string[]): Promise<ReadonlyMap<string, Tensor>> {
  const stored = await readSafetensorsHeader(goldenFile(...parts))
  const read = async (entry: StoredTensor): Promise<Tensor> => entry.type === 'I64'
    ? tensor('int64', entry.dims, await readInt64s(entry))
    : tensor('float32', entry.dims, await readFloats(entry))
  return new Map(await Promise.all([...stored].map(async ([name, entry]) => [name, await read(entry)] as const)))
}

/** One member of a batch, as a batch of its own. */
export function pickMember<T extends Tensor>(batch: T, index: number): T {
  const size = batch.data.length / batch.dims[0]!
  return { ...batch, dims: [1, ...batch.dims.slice(1)], data: batch.data.slice(index * size, (index + 1) * size) }
}

/** The largest difference between two lists of numbers of equal length. */
export function largestDifference(a: ArrayLike<number | bigint>, b: ArrayLike<number | bigint>): number {
  if (a.length !== b.length) return Infinity
  let largest = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(Number(a[i]!) - Number(b[i]!))
    // Written so that NaN counts as a difference.
    if (!(difference <= largest)) largest = difference
  }
  return largest
}
