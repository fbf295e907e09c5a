import { resolveAxis } from './arithmetic.ts'
import { format, product, sameDims, total, type Dim, type Dims } from './dims.ts'
import type { Value } from './graph.ts'

/** Operators that move elements and compute nothing, one function each. */

/**
 * The same elements in another shape.
 *
 * @throws {RangeError} when the shapes do not have the same number of elements.
 */
export function reshape(x: Value, dims: Dims): Value {
  if (sameDims(x.dims, dims)) return x
  if (product(...x.dims) !== product(...dims)) throw new RangeError(`${format(x.dims)} cannot become ${format(dims)}`)
  return x.graph.node('Reshape', [x, shapeTensor(x, dims)], [{ type: x.type, dims }])[0]!
}

/** @param order  order[i] is the axis of x that becomes axis i. */
export function transpose(x: Value, order: readonly number[]): Value {
  if (order.toSorted((a, b) => a - b).join() !== x.dims.map((_, axis) => axis).join()) {
    throw new RangeError(`[${order.join()}] is no order of the axes of ${format(x.dims)}`)
  }
  const dims = order.map((axis) => x.dims[axis]!)
  return x.graph.node('Transpose', [x], [{ type: x.type, dims }], { perm: order })[0]!
}

/** [… × channels × rows × columns] → [… × rows × columns × channels] of a batch of images, and back. */
export const channelsLast = (x: Value): Value => transpose(x, [0, 2, 3, 1])
export const channelsFirst = (x: Value): Value => transpose(x, [0, 3, 1, 2])

export function concatenate(values: readonly [Value, ...Value[]], axis: number): Value {
  const [first] = values
  const at = resolveAxis(first, axis)
  for (const { dims } of values) {
    if (dims.length !== first.dims.length || dims.some((dim, i) => i !== at && dim !== first.dims[i])) {
      throw new RangeError(`${format(dims)} cannot be joined to ${format(first.dims)} along axis ${at}`)
    }
  }
  const dims = first.dims.map((dim, i) => (i === at ? total(...values.map((value) => value.dims[at]!)) : dim))
  return first.graph.node('Concat', values, [{ type: first.type, dims }], { axis: at })[0]!
}

/** With what it reads, WebGPU lets a shader have 8 buffers everywhere, and 10 or 12 in some places. */
const MOST_SPLIT = 7

/** @param sizes  of the parts along the axis; their sum is its size. Many parts are cut out one by one. */
export function split(x: Value, axis: number, sizes: readonly number[]): Value[] {
  const at = resolveAxis(x, axis)
  if (total(...sizes) !== x.dims[at]) throw new RangeError(`parts of ${sizes.join()} do not fill axis ${at} of ${format(x.dims)}`)
  if (sizes.length > MOST_SPLIT) {
    const ends = sizes.map((_, i) => sizes.slice(0, i + 1).reduce((sum, size) => sum + size, 0))
    return sizes.map((size, i) => slice(x, at, ends[i]! - size, ends[i]!, size))
  }
  const results = sizes.map((size) => ({ type: x.type, dims: x.dims.map((dim, i) => (i === at ? size : dim)) }))
  return x.graph.node('Split', [x, x.graph.constant('int64', [sizes.length], sizes)], results, { axis: at })
}

/** Equal parts along an axis. */
export function splitEvenly(x: Value, axis: number, count: number): Value[] {
  const size = x.dims[resolveAxis(x, axis)]
  if (typeof size !== 'number' || size % count !== 0) throw new RangeError(`${size} cannot be cut into ${count} equal parts`)
  return split(x, axis, Array.from({ length: count }, () => size / count))
}

/** The entries of an axis that `indices` (int64) names; its axes take that axis's place. */
export function gather(x: Value, indices: Value, axis: number): Value {
  if (indices.type !== 'int64') throw new RangeError(`indices are int64, not ${indices.type}`)
  const at = resolveAxis(x, axis)
  const dims = [...x.dims.slice(0, at), ...indices.dims, ...x.dims.slice(at + 1)]
  return x.graph.node('Gather', [x, indices], [{ type: x.type, dims }], { axis: at })[0]!
}

/**
 * One entry of axis 1 for each member of a batch.
 *
 * @param x  [batch × length × width]
 * @param indices  int64 [batch]
 * @returns [batch × width]
 */
export function pickPerBatch(x: Value, indices: Value): Value {
  const [batch, , width] = x.dims
  if (x.dims.length !== 3 || !sameDims(indices.dims, [batch!])) {
    throw new RangeError(`${format(indices.dims)} does not pick from ${format(x.dims)}`)
  }
  const pairs = reshape(indices, [batch!, 1])
  return x.graph.node('GatherND', [x, pairs], [{ type: x.type, dims: [batch!, width!] }], { batch_dims: 1 })[0]!
}

/** A part of an axis whose bounds are known only when the graph runs. */
export function slice(x: Value, axis: number, start: Value | number, end: Value | number, size: Dim): Value {
  const at = resolveAxis(x, axis)
  const bound = (value: Value | number) => (typeof value === 'number' ? x.graph.constant('int64', [1], [value]) : value)
  const dims = x.dims.map((dim, i) => (i === at ? size : dim))
  const inputs = [x, bound(start), bound(end), x.graph.constant('int64', [1], [at])]
  return x.graph.node('Slice', inputs, [{ type: x.type, dims }])[0]!
}

/**
 * Four pictures as one of twice the sides: each gives one pixel of every 2 × 2, in the order top left, top right, bottom left,
 * bottom right.
 *
 * @param pictures  [batch × channels × rows × columns] each.
 */
export function weave(pictures: readonly [Value, Value, Value, Value]): Value {
  const [batch, channels, rows, columns] = pictures[0].dims
  if (pictures[0].dims.length !== 4) throw new RangeError(`${format(pictures[0].dims)} is no batch of images`)
  const joined = concatenate(pictures, 1)
  const dims = [batch!, channels!, product(2, rows!), product(2, columns!)]
  return joined.graph.node('DepthToSpace', [joined], [{ type: joined.type, dims }], { blocksize: 2, mode: 'DCR' })[0]!
}

/** Every pixel twice, down and across: [batch × channels × rows × columns] → [… × 2·rows × 2·columns]. */
export function doublePixels(x: Value): Value {
  const [batch, channels, rows, columns] = x.dims
  if (x.dims.length !== 4) throw new RangeError(`${format(x.dims)} is no batch of images`)
  const dims = [batch!, channels!, product(2, rows!), product(2, columns!)]
  const scales = x.graph.constant('float32', [4], [1, 1, 2, 2])
  const attributes = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' }
  return x.graph.node('Resize', [x, null, scales], [{ type: x.type, dims }], attributes)[0]!
}

/** ONNX's target of a Reshape: 0 copies the size at the same place, -1 is what is left; else the sizes are read when it runs. */
function shapeTensor(x: Value, dims: Dims): Value {
  const sizes = dims.map((dim, axis) => (typeof dim === 'number' ? dim : dim === x.dims[axis] ? 0 : -1))
  const openCount = sizes.filter((size) => size === -1).length
  if (openCount <= 1) return x.graph.constant('int64', [sizes.length], sizes)
  const parts = dims.map((dim) => x.graph.sizeOf(dim)) as [Value, ...Value[]]
  return concatenate(parts, 0)
}
