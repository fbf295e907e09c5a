import { Weights } from '../checkpoint/weights.ts'
import type { StoredTensor } from '../checkpoint/safetensors.ts'
import { Graph } from '../onnx/graph.ts'
import { GraphWeights } from '../onnx/graph-weights.ts'
import type { GraphBuilder } from '../importing/pack-draft.ts'

/** Has every tensor that is asked for, and remembers which were: what a checkpoint must hold for some graphs. */
class ImaginedWeights extends Weights {
  readonly dims = new Map<string, readonly number[]>()

  constructor() {
    super(new Map())
  }

  override take(name: string, dims: readonly number[]): StoredTensor {
    this.dims.set(name, dims)
    const byteLength = dims.reduce((product, dim) => product * dim, 4)
    return { name, type: 'F32', dims, file: '', offset: 0, byteLength }
  }
}

/** The names and shapes of the tensors that graphs take. For tests and full-size trials with made-up weights. */
export function listTensors(builders: readonly GraphBuilder[]): ReadonlyMap<string, readonly number[]> {
  const weights = new ImaginedWeights()
  for (const build of builders) {
    const graph = new Graph('imagined')
    build(graph, new GraphWeights(graph, weights, () => 'imagined'))
  }
  return weights.dims
}
