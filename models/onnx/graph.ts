import { format, type Dim, type Dims } from './dims.ts'
import { serializeModel, type Attributes, type ElementType, type ExternalData, type Initializer, type Node, type Port } from './model-file.ts'

/** A tensor in a graph that is being built: the result of a node, an input or a constant. */
export interface Value {
  readonly graph: Graph
  readonly name: string
  readonly type: ElementType
  readonly dims: Dims
}

/** What a node gives: the type and shape of one of its outputs. */
export type Result = Pick<Value, 'type' | 'dims'>

/** Constants of up to this many elements are written once and used again. */
const LARGEST_REUSED_CONSTANT = 16

/** The element arrays constants are given in. Half precision comes only from files, never from code. */
const CONSTANT_ARRAYS = {
  float32: (data: readonly number[]) => Float32Array.from(data),
  int64: (data: readonly number[]) => BigInt64Array.from(data, BigInt),
  int8: (data: readonly number[]) => Int8Array.from(data),
}
export type ConstantType = keyof typeof CONSTANT_ARRAYS

/**
 * An ONNX graph that is being built. The functions of `arithmetic.ts`, `arrangement.ts` and `products.ts` add one
 * operator each and check the shapes it is given, so that a mistake is found where it was made.
 */
export class Graph {
  readonly #name: string
  readonly #nodes: Node[] = []
  readonly #initializers: Initializer[] = []
  readonly #inputs: Port[] = []
  readonly #outputs: Port[] = []
  readonly #constants = new Map<string, Value>()
  /** Where a size that is known only when the graph runs can be read: a value and its axis. */
  readonly #sizeSources = new Map<string, { value: Value; axis: number }>()
  readonly #sizes = new Map<string, Value>()

  constructor(name: string) {
    this.#name = name
  }

  input(name: string, type: ElementType, dims: Dims): Value {
    this.#inputs.push({ name, type, dims })
    return this.#value(name, type, dims)
  }

  /** Makes `value` an output of the graph, under the name given. */
  output(name: string, value: Value): void {
    this.#nodes.push({ operator: 'Identity', domain: '', inputs: [value.name], outputs: [name], attributes: {} })
    this.#outputs.push({ name, type: value.type, dims: value.dims })
  }

  /** A tensor written into the graph itself. */
  constant(type: ConstantType, dims: readonly number[], data: readonly number[]): Value {
    const key = data.length <= LARGEST_REUSED_CONSTANT ? `${type}${format(dims)}${data.join()}` : null
    const known = key === null ? undefined : this.#constants.get(key)
    if (known !== undefined) return known
    const name = `constant_${this.#initializers.length}`
    const elements = CONSTANT_ARRAYS[type](data)
    this.#initializers.push({ name, type, dims, bytes: new Uint8Array(elements.buffer) })
    const value = this.#value(name, type, dims)
    if (key !== null) this.#constants.set(key, value)
    return value
  }

  /** A tensor that stays in the file it lies in. */
  external(name: string, type: ElementType, dims: readonly number[], data: ExternalData): Value {
    this.#initializers.push({ name, type, dims, external: data })
    return this.#value(name, type, dims)
  }

  /** Adds a node. Only for the operator functions, which know what its results are. */
  node(
    operator: string,
    inputs: readonly (Value | null)[],
    results: readonly Result[],
    attributes: Attributes = {},
    domain = '',
  ): Value[] {
    const stray = inputs.find((input) => input !== null && input.graph !== this)
    if (stray) throw new RangeError(`${stray.name} belongs to another graph than ${this.#name}`)
    const values = results.map(({ type, dims }, i) => this.#value(`${operator}_${this.#nodes.length}_${i}`, type, dims))
    this.#nodes.push({
      operator, domain, attributes,
      inputs: inputs.map((input) => input?.name ?? ''),
      outputs: values.map(({ name }) => name),
    })
    return values
  }

  /** The size of an axis as a tensor: int64 [1]. */
  sizeOf(dim: Dim): Value {
    if (typeof dim === 'number') return this.constant('int64', [1], [dim])
    const known = this.#sizes.get(dim)
    if (known !== undefined) return known
    const source = this.#sizeSources.get(dim)
    if (source === undefined) throw new RangeError(`no tensor of ${this.#name} has an axis of the size ${dim}`)
    const attributes = { start: source.axis, end: source.axis + 1 }
    const [size] = this.node('Shape', [source.value], [{ type: 'int64', dims: [1] }], attributes)
    this.#sizes.set(dim, size!)
    return size!
  }

  /** Of the tensors that stay in other files. */
  get externalByteLength(): number {
    return this.#initializers.reduce((total, tensor) => total + ('external' in tensor ? tensor.external.byteLength : 0), 0)
  }

  /** The graph as the bytes of an .onnx file. */
  serialize(): Uint8Array {
    return serializeModel({
      name: this.#name, nodes: this.#nodes, initializers: this.#initializers, inputs: this.#inputs, outputs: this.#outputs,
    })
  }

  #value(name: string, type: ElementType, dims: Dims): Value {
    const value: Value = { graph: this, name, type, dims }
    dims.forEach((dim, axis) => {
      if (typeof dim === 'string' && !this.#sizeSources.has(dim)) this.#sizeSources.set(dim, { value, axis })
    })
    return value
  }
}
