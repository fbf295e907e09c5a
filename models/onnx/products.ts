import { broadcast, format, half, product, type Dim, type Dims } from './dims.ts'
import type { Value } from './graph.ts'

/** Matrix products, convolutions and normalisations, one operator per function. */

/** [… × rows × inner] times [… × inner × columns]; the axes before are broadcast. */
export function matMul(a: Value, b: Value): Value {
  const inner = a.dims.at(-1)
  if (a.dims.length < 2 || b.dims.length < 2 || inner !== b.dims.at(-2)) {
    throw new RangeError(`${format(a.dims)} times ${format(b.dims)}`)
  }
  const dims = [...broadcast(a.dims.slice(0, -2), b.dims.slice(0, -2)), a.dims.at(-2)!, b.dims.at(-1)!]
  return a.graph.node('MatMul', [a, b], [{ type: a.type, dims }])[0]!
}

/**
 * x · Wᵀ (+ bias) of matrices, as PyTorch keeps linear layers. No transposed copy of the weight is made, so that it can
 * stay mapped from its file.
 *
 * @param x  [rows × in]
 * @param weight  [out × in]
 * @param bias  [out]
 */
export function matMulTransposed(x: Value, weight: Value, bias: Value | null): Value {
  const [rows, width] = x.dims
  const [out, inner] = weight.dims
  if (x.dims.length !== 2 || weight.dims.length !== 2 || width !== inner) {
    throw new RangeError(`${format(x.dims)} times the transpose of ${format(weight.dims)}`)
  }
  checkVector(bias, out!)
  const inputs = bias === null ? [x, weight] : [x, weight, bias]
  return x.graph.node('Gemm', inputs, [{ type: x.type, dims: [rows!, out!] }], { transB: 1 })[0]!
}

/** How a convolution's window moves. Pads are [top, left, bottom, right] in pixels of zero. */
export interface Convolution {
  readonly stride?: 1 | 2
  readonly pads?: readonly [number, number, number, number]
  readonly groups?: number
}

/**
 * @param x  [batch × in × rows × columns]
 * @param weight  [out × in / groups × kernel × kernel]
 */
export function convolve(x: Value, weight: Value, bias: Value | null, options: Convolution = {}): Value {
  const { stride = 1, pads = [0, 0, 0, 0], groups = 1 } = options
  const [batch, channels, rows, columns] = x.dims
  const [out, perGroup, kernelRows, kernelColumns] = weight.dims as readonly [number, number, number, number]
  if (x.dims.length !== 4 || weight.dims.length !== 4 || channels !== perGroup * groups) {
    throw new RangeError(`${format(x.dims)} convolved with ${format(weight.dims)} in ${groups} groups`)
  }
  checkVector(bias, out)
  const dims: Dims = [
    batch!, out,
    convolvedSize(rows!, kernelRows - pads[0] - pads[2], stride),
    convolvedSize(columns!, kernelColumns - pads[1] - pads[3], stride),
  ]
  const attributes = { kernel_shape: [kernelRows, kernelColumns], strides: [stride, stride], pads, group: groups }
  const inputs = bias === null ? [x, weight] : [x, weight, bias]
  return x.graph.node('Conv', inputs, [{ type: x.type, dims }], attributes)[0]!
}

/**
 * Every cell becomes a patch of its own, as large as the kernel: a transposed convolution whose stride is its kernel.
 *
 * @param weight  [in × out × kernel × kernel]
 */
export function spread(x: Value, weight: Value, bias: Value | null): Value {
  const [batch, channels, rows, columns] = x.dims
  const [inner, out, kernelRows, kernelColumns] = weight.dims as readonly [number, number, number, number]
  if (x.dims.length !== 4 || weight.dims.length !== 4 || channels !== inner) {
    throw new RangeError(`${format(x.dims)} spread with ${format(weight.dims)}`)
  }
  checkVector(bias, out)
  const dims = [batch!, out, product(kernelRows, rows!), product(kernelColumns, columns!)]
  const attributes = { kernel_shape: [kernelRows, kernelColumns], strides: [kernelRows, kernelColumns] }
  const inputs = bias === null ? [x, weight] : [x, weight, bias]
  return x.graph.node('ConvTranspose', inputs, [{ type: x.type, dims }], attributes)[0]!
}

/** (x − mean) / √(variance + epsilon) · scale + bias over the last axis. */
export function normalizeLast(x: Value, scale: Value, bias: Value | null, epsilon: number): Value {
  const width = x.dims.at(-1)!
  checkVector(scale, width)
  checkVector(bias, width)
  const inputs = bias === null ? [x, scale] : [x, scale, bias]
  return x.graph.node('LayerNormalization', inputs, [x], { axis: -1, epsilon: { float: epsilon } })[0]!
}

/** (x − mean) / √(variance + epsilon) over all axes after the second, for each entry of the first two. */
export function normalizeInstances(x: Value, epsilon: number): Value {
  const channels = x.dims[1]
  if (typeof channels !== 'number') throw new RangeError(`${format(x.dims)} has an unknown number of instances`)
  const scale = x.graph.constant('float32', [channels], Array.from({ length: channels }, () => 1))
  const bias = x.graph.constant('float32', [channels], Array.from({ length: channels }, () => 0))
  return x.graph.node('InstanceNormalization', [x, scale, bias], [x], { epsilon: { float: epsilon } })[0]!
}

function checkVector(vector: Value | null, size: Dim): void {
  if (vector !== null && (vector.dims.length !== 1 || vector.dims[0] !== size)) {
    throw new RangeError(`${format(vector.dims)} where [${size}] is due`)
  }
}

/** @param shrink  kernel less padding: by how much a step of 1 makes the axis shorter, plus 1. */
function convolvedSize(size: Dim, shrink: number, stride: 1 | 2): Dim {
  if (typeof size === 'number') return Math.floor((size - shrink) / stride) + 1
  if (stride === 1 && shrink === 1) return size
  if (stride === 2 && shrink === 2) return half(size)
  throw new RangeError(`the size of ${size} after stride ${stride} over ${shrink} cannot be named`)
}
