import { add, divide, erf, mean, multiply, power, sigmoid, softmax, squareRoot, tanh } from './arithmetic.ts'
import { concatenate, reshape, slice, transpose, weave } from './arrangement.ts'
import { format, product } from './dims.ts'
import type { Value } from './graph.ts'
import { convolve, matMul, normalizeInstances } from './products.ts'

/** Layers made of several operators, shared by the families. */

/** x · sigmoid(x) */
export const silu = (x: Value): Value => multiply(x, sigmoid(x))

/** x · sigmoid(1.702 x), the approximation CLIP was trained with. */
export const quickGelu = (x: Value): Value => multiply(x, sigmoid(multiply(x, 1.702)))

/** The exact GELU, by the error function. Written as ONNX Runtime's fusion expects it. */
export const gelu = (x: Value): Value => multiply(multiply(x, add(erf(divide(x, Math.SQRT2)), 1)), 0.5)

/** GELU by its tanh approximation. */
export function tanhGelu(x: Value): Value {
  const inner = multiply(add(x, multiply(power(x, 3), 0.044715)), Math.sqrt(2 / Math.PI))
  return multiply(multiply(x, add(tanh(inner), 1)), 0.5)
}

/** x / √(mean(x²) + epsilon) · scale over the last axis. Written as ONNX Runtime's fusion expects it. */
export function rmsNorm(x: Value, scale: Value, epsilon: number): Value {
  return multiply(divide(x, squareRoot(add(mean(power(x, 2), -1), epsilon))), scale)
}

/**
 * Normalises groups of channels of an image batch.
 *
 * @param x  [batch × channels × rows × columns]
 * @param scale  [channels]
 * @param bias  [channels]
 */
export function groupNorm(x: Value, scale: Value, bias: Value, groupCount: number, epsilon: number): Value {
  const [batch, channels, rows, columns] = x.dims
  if (typeof channels !== 'number' || channels % groupCount !== 0) {
    throw new RangeError(`${channels} channels in ${groupCount} groups`)
  }
  const groups = reshape(x, [batch!, groupCount, product(channels / groupCount, rows!, columns!)])
  const normalized = reshape(normalizeInstances(groups, epsilon), x.dims)
  return add(multiply(normalized, reshape(scale, [channels, 1, 1])), reshape(bias, [channels, 1, 1]))
}

/** [batch × length × heads · width] → [batch × heads × length × width] */
export function splitHeads(x: Value, headCount: number): Value {
  return transpose(reshape(x, headDims(x, headCount)), [0, 2, 1, 3])
}

/** [batch × length × heads · width] → [batch × heads × width × length], as the keys of `attend` are. */
export function splitKeyHeads(x: Value, headCount: number): Value {
  return transpose(reshape(x, headDims(x, headCount)), [0, 2, 3, 1])
}

/** [batch × heads × length × width] → [batch × length × heads · width] */
export function mergeHeads(x: Value): Value {
  const [batch, heads, length, width] = x.dims
  return reshape(transpose(x, [0, 2, 1, 3]), [batch!, length!, product(heads!, width!)])
}

/**
 * softmax(q·k) · v. Plain operators: a fused one is no faster on a CPU and gave wrong numbers on a GPU provider.
 *
 * @param queries  [batch × heads × length × width], already divided by √width (or the keys are).
 * @param keys  [batch × heads × width × keyLength]
 * @param values  [batch × heads × keyLength × width]
 * @param bias  added to the logits: [length × keyLength]
 */
export function attend(queries: Value, keys: Value, values: Value, bias: Value | null = null): Value {
  const logits = matMul(queries, keys)
  return matMul(softmax(bias === null ? logits : add(logits, bias)), values)
}

function headDims(x: Value, headCount: number) {
  const [batch, length, width] = x.dims
  if (x.dims.length !== 3 || typeof width !== 'number' || width % headCount !== 0) {
    throw new RangeError(`${format(x.dims)} in ${headCount} heads`)
  }
  return [batch!, length!, headCount, width / headCount]
}

/**
 * A convolution of 3 × 3 over the picture with every pixel twice, down and across, in under half of the products: of a doubled
 * picture a window of 3 × 3 sees only 2 × 2 pixels, so each of the four places in a doubled pixel has a kernel of 2 × 2,
 * which is the sum of the weights that fall on one pixel. ONNX Runtime sums them when it loads the graph.
 *
 * @param x  [batch × in × rows × columns]
 * @param weight  [out × in × 3 × 3]
 * @returns [batch × out × 2·rows × 2·columns]
 */
export function convolveDoubled(x: Value, weight: Value, bias: Value): Value {
  const places = [0, 1].flatMap((down) => [0, 1].map((across) => {
    const kernel = foldKernel(foldKernel(weight, 2, down), 3, across)
    return convolve(x, kernel, bias, { pads: [1 - down, 1 - across, down, across] })
  }))
  return weave(places as [Value, Value, Value, Value])
}

/** Of three weights along an axis the first alone and the other two together, or the other way round. */
function foldKernel(weight: Value, axis: number, place: number): Value {
  const at = (index: number) => slice(weight, axis, index, index + 1, 1)
  return place === 0 ? concatenate([at(0), add(at(1), at(2))], axis) : concatenate([add(at(0), at(1)), at(2)], axis)
}
