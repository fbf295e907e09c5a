import type { AdaptedPart, Adapter, LowRankLayer } from '../checkpoint/adapter.ts'
import { CheckpointError } from '../checkpoint/checkpoint-error.ts'
import type { CheckpointPart } from '../checkpoint/open-checkpoint.ts'
import { Weights } from '../checkpoint/weights.ts'
import { Graph } from '../onnx/graph.ts'
import { GraphWeights, type GraphVariant } from '../onnx/graph-weights.ts'
import { LowRankBranches } from '../onnx/low-rank-branches.ts'
import { REDUCED_FORMATS, type ReducedPrecision } from '../onnx/reduced/reduced-formats.ts'
import { ReducedWeights } from '../onnx/reduced/reduced-weights.ts'
import type { ImportPlan } from './checkpoint-importer.ts'
import type { Pack } from './pack.ts'

export type GraphBuilder = (graph: Graph, weights: GraphWeights) => void

/** In which precision a graph is written: which of its linear layers with fewer bits. */
export interface ReducedGraph {
  readonly precision: ReducedPrecision
  /** By the layer's name. Each is used once. */
  isReduced(layer: string): boolean
}

/** An adapter that is being added to a pack. */
export interface AddedAdapter {
  readonly id: string
  readonly adapter: Adapter
  /** Of its file, in the pack. */
  readonly path: string
}

/** Gathers what an import will write and share. */
export class PackDraft {
  readonly writes: { path: string; data: Uint8Array | string }[] = []
  readonly weights: { path: string; source: string }[] = []
  readonly reduced: { path: string; weights: ReducedWeights }[] = []
  readonly externalWeightBytes: Record<string, number> = {}
  readonly checkpoint: NonNullable<Pack['checkpoint']> = {}
  /** By adapter, the layers that found their place in some graph. */
  readonly #placed = new Map<Adapter, Set<string>>()

  /**
   * Builds the graphs of one part of a checkpoint, which together must use all of its tensors.
   *
   * @param graphs  by file name.
   * @param ignored  tensors that are no weights.
   * @throws {CheckpointError}
   */
  addGraphs(part: CheckpointPart, graphs: Readonly<Record<string, GraphBuilder>>, ignored: readonly string[] = []): void {
    const paths = weightPaths(part)
    for (const [source, path] of paths) this.weights.push({ path, source })
    this.checkpoint[part.name] = { config: { ...part.config }, weights: [...paths.values()] }
    const weights = new Weights(part.tensors)
    for (const [path, build] of Object.entries(graphs)) {
      const graph = new Graph(path.replace(/\.onnx$/, ''))
      build(graph, new GraphWeights(graph, weights, (file) => paths.get(file)!))
      this.#keep(path, graph)
    }
    weights.checkAllTaken(ignored)
  }

  /** Builds one more graph of a part with fewer bits. Its other weights stay where they are. */
  addReducedGraph(part: CheckpointPart, path: string, build: GraphBuilder, { precision, isReduced }: ReducedGraph): void {
    const weights = planReduced(part, precision)
    this.#keep(path, buildVariant(part, path, build, { reduced: { weights, isReduced } }))
    if (weights.byteLength > 0) this.reduced.push({ path: reducedPath(part, precision), weights })
  }

  /**
   * Builds one more graph of a part with an adapter's branches in it.
   *
   * @param reduced  null = in full precision. The weights with fewer bits are there already.
   * @returns whether the adapter has anything for the graph; where not, there is none.
   */
  addAdaptedGraph(part: CheckpointPart, path: string, build: GraphBuilder, { adapter, path: location }: AddedAdapter, reduced: ReducedGraph | null): boolean {
    const layers = layersOf(adapter, part)
    const graph = new Graph(path.replace(/\.onnx$/, ''))
    const branches = new LowRankBranches(graph, layers, location)
    const variant = reduced && { weights: planReduced(part, reduced.precision), isReduced: reduced.isReduced }
    build(graph, new GraphWeights(graph, new Weights(part.tensors), locate(part), variant ? { branches, reduced: variant } : { branches }))
    const placed = this.#placed.get(adapter) ?? new Set<string>()
    for (const layer of branches.used) placed.add(`${part.name} ${layer}`)
    this.#placed.set(adapter, placed)
    if (branches.used.size > 0) this.#keep(path, graph)
    return branches.used.size > 0
  }

  /**
   * To be called when all graphs of an adapter are built.
   *
   * @throws {CheckpointError} 'adapter-wrong-model' where a branch is for a layer that no graph has.
   */
  checkAllPlaced(adapter: Adapter): void {
    const placed = this.#placed.get(adapter) ?? new Set<string>()
    for (const [part, layers] of adapter.parts) {
      const stray = [...layers.keys()].filter((layer) => !placed.has(`${part} ${layer}`))
      if (stray.length > 0) throw new CheckpointError('adapter-wrong-model', stray[0]!, `${stray.length} of ${layers.size} layers are not in this model`)
    }
  }

  write(path: string, data: Uint8Array | string): void {
    this.writes.push({ path, data })
  }

  get files(): Pick<ImportPlan, 'writes' | 'weights' | 'reduced'> {
    return { writes: this.writes, weights: this.weights, reduced: this.reduced }
  }

  #keep(path: string, graph: Graph): void {
    this.writes.push({ path, data: graph.serialize() })
    this.externalWeightBytes[path] = graph.externalByteLength
  }
}

function layersOf({ parts }: Adapter, { name }: CheckpointPart): ReadonlyMap<string, LowRankLayer> {
  return parts.get(name as AdaptedPart) ?? new Map()
}

function buildVariant(part: CheckpointPart, path: string, build: GraphBuilder, variant: GraphVariant): Graph {
  const graph = new Graph(path.replace(/\.onnx$/, ''))
  build(graph, new GraphWeights(graph, new Weights(part.tensors), locate(part), variant))
  return graph
}

function planReduced(part: CheckpointPart, precision: ReducedPrecision): ReducedWeights {
  return new ReducedWeights(REDUCED_FORMATS[precision], reducedPath(part, precision))
}

function reducedPath(part: CheckpointPart, precision: ReducedPrecision): string {
  return weightPath(part, 0).replace(/(-1)?\.safetensors$/, `.${precision}`)
}

function locate(part: CheckpointPart): (file: string) => string {
  const paths = weightPaths(part)
  return (file) => paths.get(file)!
}

function weightPaths(part: CheckpointPart): ReadonlyMap<string, string> {
  return new Map(part.weightFiles.map((source, i) => [source, weightPath(part, i)]))
}

/** In a folder beside the graphs: ONNX Runtime takes weights from a graph's own folder and those in it, and from nowhere else. */
function weightPath({ name, weightFiles }: CheckpointPart, index: number): string {
  const base = name === '' ? 'model' : name.replaceAll('_', '-')
  return `weights/${base}${weightFiles.length === 1 ? '' : `-${index + 1}`}.safetensors`
}
