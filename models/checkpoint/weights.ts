import { CheckpointError } from './checkpoint-error.ts'
import { isFloatType } from './read-tensor.ts'
import type { StoredTensor } from './safetensors.ts'

/** The tensors of a part, taken by name and shape, so that a checkpoint that does not fit its config is found at once. */
export class Weights {
  readonly #tensors: ReadonlyMap<string, StoredTensor>
  readonly #taken = new Set<string>()

  constructor(tensors: ReadonlyMap<string, StoredTensor>) {
    this.#tensors = tensors
  }

  has(name: string): boolean {
    return this.#tensors.has(name)
  }

  /**
   * @param dims  as the config says.
   * @throws {CheckpointError} 'tensor-missing', 'tensor-shape-differs' or 'tensor-type-unsupported'.
   */
  take(name: string, dims: readonly number[]): StoredTensor {
    const tensor = this.#tensors.get(name)
    if (tensor === undefined) throw new CheckpointError('tensor-missing', name, `expected [${dims.join(' × ')}]`)
    if (!isFloatType(tensor.type)) throw new CheckpointError('tensor-type-unsupported', name, tensor.type)
    if (tensor.dims.length !== dims.length || tensor.dims.some((dim, axis) => dim !== dims[axis])) {
      throw new CheckpointError(
        'tensor-shape-differs', name, `expected [${dims.join(' × ')}], found [${tensor.dims.join(' × ')}]`,
      )
    }
    this.#taken.add(name)
    return tensor
  }

  /**
   * To be called when all graphs are built: a tensor that nothing asked for means another architecture.
   *
   * @param ignored  buffers that some versions save beside the weights.
   * @throws {CheckpointError} 'tensor-unexpected'
   */
  checkAllTaken(ignored: readonly string[] = []): void {
    const unexpected = [...this.#tensors.keys()].filter((name) => !this.#taken.has(name) && !ignored.includes(name))
    if (unexpected.length === 0) return
    throw new CheckpointError('tensor-unexpected', unexpected[0]!, `${unexpected.length} tensors belong to no known layer`)
  }
}
