import type { CheckpointPart } from '../checkpoint/open-checkpoint.ts'
import { Weights } from '../checkpoint/weights.ts'
import { Graph } from '../onnx/graph.ts'
import { GraphWeights } from '../onnx/graph-weights.ts'
import { Int8Weights } from '../onnx/int8-weights.ts'
import type { ImportPlan } from './checkpoint-importer.ts'

export type GraphBuilder = (graph: Graph, weights: GraphWeights) => void

/** Gathers what an import will write and share. */
export class PackDraft {
  readonly writes: { path: string; data: Uint8Array | string }[] = []
  readonly weights: { path: string; source: string }[] = []
  readonly quantized: { path: string; weights: Int8Weights }[] = []
  readonly externalWeightBytes: Record<string, number> = {}

  /**
   * Builds the graphs of one part of a checkpoint, which together must use all of its tensors.
   *
   * @param graphs  by file name.
   * @param ignored  tensors that are no weights.
   * @throws {CheckpointError}
   */
  addGraphs(part: CheckpointPart, graphs: Readonly<Record<string, GraphBuilder>>, ignored: readonly string[] = []): void {
    const paths = new Map(part.weightFiles.map((source, i) => [source, weightPath(part, i)]))
    for (const [source, path] of paths) this.weights.push({ path, source })
    const weights = new Weights(part.tensors)
    for (const [path, build] of Object.entries(graphs)) {
      const graph = new Graph(path.replace(/\.onnx$/, ''))
      build(graph, new GraphWeights(graph, weights, (file) => paths.get(file)!))
      this.writes.push({ path, data: graph.serialize() })
      this.externalWeightBytes[path] = graph.externalByteLength
    }
    weights.checkAllTaken(ignored)
  }

  /**
   * Builds one more graph of a part, with some of its linear layers in 8 bits. Its other weights stay where they are.
   *
   * @param isQuantized  by the layer's name. Each is used once.
   */
  addInt8Graph(part: CheckpointPart, path: string, build: GraphBuilder, isQuantized: (layer: string) => boolean): void {
    const paths = new Map(part.weightFiles.map((source, i) => [source, weightPath(part, i)]))
    const int8Path = weightPath(part, 0).replace(/(-1)?\.safetensors$/, '.int8')
    const int8 = new Int8Weights(int8Path)
    const graph = new Graph(path.replace(/\.onnx$/, ''))
    build(graph, new GraphWeights(graph, new Weights(part.tensors), (file) => paths.get(file)!, { weights: int8, isQuantized }))
    this.writes.push({ path, data: graph.serialize() })
    this.quantized.push({ path: int8Path, weights: int8 })
    this.externalWeightBytes[path] = graph.externalByteLength
  }

  write(path: string, data: Uint8Array | string): void {
    this.writes.push({ path, data })
  }

  get files(): Pick<ImportPlan, 'writes' | 'weights' | 'quantized'> {
    return { writes: this.writes, weights: this.weights, quantized: this.quantized }
  }
}

/** In a folder beside the graphs: ONNX Runtime takes weights from a graph's own folder and those in it, and from nowhere else. */
function weightPath({ name, weightFiles }: CheckpointPart, index: number): string {
  const base = name === '' ? 'model' : name.replaceAll('_', '-')
  return `weights/${base}${weightFiles.length === 1 ? '' : `-${index + 1}`}.safetensors`
}
