import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType as AttributeType,
  type AttributeProtoSchema,
  ModelProtoSchema,
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf'
import type { Dims } from './dims.ts'

/** The only file that knows the protobuf messages of ONNX. */

const DATA_TYPES = {
  float32: DataType.FLOAT, float16: DataType.FLOAT16, bfloat16: DataType.BFLOAT16,
  int64: DataType.INT64, int32: DataType.INT32, int8: DataType.INT8, uint8: DataType.UINT8, bool: DataType.BOOL,
} as const
export type ElementType = keyof typeof DATA_TYPES

/** Plain numbers are integers; a float is marked, because ONNX keeps the two apart. */
export type Attributes = Readonly<Record<string, number | string | readonly number[] | { readonly float: number }>>

export interface Node {
  readonly operator: string
  /** '' is ONNX's own. */
  readonly domain: string
  /** '' leaves an optional input out. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Attributes
}

/** Where a constant's elements lie, little-endian and row-major. Any alignment will do. */
export interface ExternalData {
  /** Relative to the graph's folder; ONNX Runtime takes neither `..` nor an absolute path nor a link out of it. */
  readonly location: string
  readonly offset: number
  readonly byteLength: number
}

export type Initializer = {
  readonly name: string
  readonly type: ElementType
  readonly dims: readonly number[]
} & ({ readonly bytes: Uint8Array<ArrayBuffer> } | { readonly external: ExternalData })

/** An input or output of a graph. */
export interface Port {
  readonly name: string
  readonly type: ElementType
  readonly dims: Dims
}

export interface Model {
  readonly name: string
  readonly nodes: readonly Node[]
  readonly initializers: readonly Initializer[]
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
}

/** Opset 17 has LayerNormalization, and every execution provider knows it; IR 8 is the file version that came with it. */
const OPSET = 17n
const IR_VERSION = 8n

/** The number ONNX gives an element type: what `Cast` takes as `to`. */
export function elementTypeNumber(type: ElementType): number {
  return DATA_TYPES[type]
}

export function serializeModel({ name, nodes, initializers, inputs, outputs }: Model): Uint8Array {
  const domains = new Set(nodes.map(({ domain }) => domain).filter((domain) => domain !== ''))
  const model = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    producerName: 'remask',
    opsetImport: [{ domain: '', version: OPSET }, ...[...domains].map((domain) => ({ domain, version: 1n }))],
    graph: {
      name,
      node: nodes.map(({ operator, domain, inputs: input, outputs: output, attributes }) => ({
        opType: operator, domain, input: [...input], output: [...output], name: output[0] ?? operator,
        attribute: Object.entries(attributes).map(([key, value]) => toAttribute(key, value)),
      })),
      initializer: initializers.map(toTensor),
      input: inputs.map(toValueInfo),
      output: outputs.map(toValueInfo),
    },
  })
  return toBinary(ModelProtoSchema, model)
}

function toAttribute(name: string, value: Attributes[string]): MessageInitShape<typeof AttributeProtoSchema> {
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: BigInt(value) }
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) }
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float }
  return { name, type: AttributeType.INTS, ints: value.map(BigInt) }
}

function toTensor(initializer: Initializer): MessageInitShape<typeof TensorProtoSchema> {
  const { name, type, dims } = initializer
  const tensor = { name, dataType: DATA_TYPES[type], dims: dims.map(BigInt) }
  if ('bytes' in initializer) return { ...tensor, rawData: initializer.bytes }
  const { location, offset, byteLength } = initializer.external
  return {
    ...tensor,
    dataLocation: DataLocation.EXTERNAL,
    externalData: [
      { key: 'location', value: location },
      { key: 'offset', value: String(offset) },
      { key: 'length', value: String(byteLength) },
    ],
  }
}

function toValueInfo({ name, type, dims }: Port): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = dims.map((size) => ({
    value: typeof size === 'number'
      ? { case: 'dimValue' as const, value: BigInt(size) }
      : { case: 'dimParam' as const, value: size },
  }))
  return { name, type: { value: { case: 'tensorType', value: { elemType: DATA_TYPES[type], shape: { dim } } } } }
}
