import { clone, create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema, NodeProtoSchema, OperatorSetIdProtoSchema, TensorProto_DataType as DataType, TensorProtoSchema, type ModelProto, type NodeProto, type TensorProto } from 'onnx-buf'
import { Graph } from './graph.ts'
import type { ReducedFormat } from './reduced/reduced-format.ts'

/** What a reduced model is made from: its products by constant matrices. */
export interface ReduceOptions {
  readonly format: ReducedFormat
  /** By the product's name in the graph. */
  isReduced(name: string): boolean
}

/**
 * A model whose weights lie in its own file, with some of its products by constant matrices in fewer bits: as an import writes
 * a checkpoint's, for packs that were exported by other programs.
 *
 * @param model  the bytes of an ONNX file.
 * @returns the bytes of the new one, and how many products were reduced.
 */
export function reduceModel(model: Uint8Array, { format, isReduced }: ReduceOptions): { bytes: Uint8Array; count: number } {
  const read = fromBinary(ModelProtoSchema, model)
  const graph = read.graph!
  const constants = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]))
  let count = 0
  const nodes = graph.node.flatMap((node) => {
    const weight = node.opType === 'MatMul' && isReduced(node.name) ? constants.get(node.input[1]!) : undefined
    if (weight === undefined || weight.dims.length !== 2 || weight.dataType !== DataType.FLOAT) return [node]
    count++
    const product = writeProduct(format, node, weight)
    graph.initializer.push(...product.initializers)
    return product.nodes
  })
  graph.node = nodes
  const used = new Set(nodes.flatMap(({ input }) => input))
  graph.initializer = graph.initializer.filter(({ name }) => used.has(name))
  importDomains(read, nodes)
  return { bytes: toBinary(ModelProtoSchema, read), count }
}

/** One product's nodes, built as an import builds them and taken over under names of their own. */
function writeProduct(format: ReducedFormat, node: NodeProto, weight: TensorProto): { nodes: NodeProto[]; initializers: TensorProto[] } {
  const [inCount, outCount] = weight.dims.map(Number) as [number, number]
  const sketch = new Graph('product')
  const rows = sketch.input('rows', 'float32', ['rows', inCount])
  const nowhere = { location: 'nowhere', offset: 0, byteLength: 0 }
  const parts = format.layOut(outCount, inCount).map((part) => sketch.external(part.suffix, part.type, part.dims, nowhere))
  sketch.output('result', format.multiply(format.readRows(rows), parts, outCount, inCount))
  const sketched = fromBinary(ModelProtoSchema, sketch.serialize()).graph!
  const ownName = (name: string) => (name === 'rows' ? node.input[0]! : name === 'result' ? node.output[0]! : name === '' ? '' : `${node.output[0]}/${name}`)
  const bytes = format.encode(transposed(weight, inCount, outCount), outCount)
  return {
    nodes: sketched.node.map((each) => {
      const copy = clone(NodeProtoSchema, each)
      copy.input = each.input.map(ownName)
      copy.output = each.output.map(ownName)
      copy.name = ownName(each.name)
      return copy
    }),
    initializers: sketched.initializer.map((tensor) => {
      const at = parts.findIndex(({ name }) => name === tensor.name)
      const { dims, dataType, rawData } = tensor
      return create(TensorProtoSchema, { name: ownName(tensor.name), dims, dataType, rawData: at === -1 ? rawData : new Uint8Array(bytes[at]!) })
    }),
  }
}

/** [outCount × inCount], as formats take it. */
function transposed({ rawData, floatData }: TensorProto, inCount: number, outCount: number): Float32Array {
  const stored = rawData.length > 0 ? new Float32Array(new Uint8Array(rawData).buffer) : Float32Array.from(floatData)
  return Float32Array.from({ length: stored.length }, (_, i) => stored[(i % inCount) * outCount + Math.floor(i / inCount)]!)
}

function importDomains(model: ModelProto, nodes: readonly NodeProto[]): void {
  for (const domain of new Set(nodes.map((node) => node.domain))) {
    if (domain !== '' && !model.opsetImport.some((known) => known.domain === domain)) {
      model.opsetImport.push(create(OperatorSetIdProtoSchema, { domain, version: 1n }))
    }
  }
}
