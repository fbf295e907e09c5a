import { fromBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema, TensorProto_DataLocation as DataLocation, TensorProto_DataType as DataType } from 'onnx-buf'
import type { ElementType, Initializer } from './model-file.ts'

export type { ElementType, ExternalData } from './model-file.ts'

/** Types that weights have; what is of another type is not found. */
const ELEMENT_TYPES = new Map<DataType, ElementType>([
  [DataType.FLOAT, 'float32'], [DataType.FLOAT16, 'float16'], [DataType.BFLOAT16, 'bfloat16'],
])

/**
 * The first constant of a graph that fits and that something is looked up in, by `Gather`.
 *
 * @param model  the bytes of an ONNX file.
 */
export function findInitializer(
  model: Uint8Array,
  fits: (initializer: { readonly dims: readonly number[] }) => boolean,
): Initializer | undefined {
  const { graph } = fromBinary(ModelProtoSchema, model)
  if (graph === undefined) return undefined
  // A constant of half floats is made wider before it is used.
  const castFrom = new Map(graph.node.filter(({ opType }) => opType === 'Cast').map(({ input, output }) => [output[0], input[0]]))
  const lookedUp = graph.node.filter(({ opType }) => opType === 'Gather').map(({ input }) => castFrom.get(input[0]) ?? input[0])
  for (const tensor of graph.initializer) {
    const { name, dataLocation, externalData, rawData } = tensor
    const type = ELEMENT_TYPES.get(tensor.dataType)
    const dims = tensor.dims.map(Number)
    if (type === undefined || !lookedUp.includes(name) || !fits({ dims })) continue
    if (dataLocation !== DataLocation.EXTERNAL) return { name, type, dims, bytes: new Uint8Array(rawData) }
    const about = (key: string) => externalData.find((entry) => entry.key === key)?.value ?? ''
    const external = { location: about('location'), offset: Number(about('offset')), byteLength: Number(about('length')) }
    return { name, type, dims, external }
  }
  return undefined
}
