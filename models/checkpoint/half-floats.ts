/**
 * Widens IEEE 754 binary16 to float32. Exact, subnormals, infinities and NaN included.
 *
 * @param bits  one element each, as stored in a safetensors file of dtype F16.
 */
export function widenHalfFloats(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => HALF_FLOATS[half]!)
}

/** Widens bfloat16, the upper half of a float32. Exact. */
export function widenBrainFloats(bits: Uint16Array): Float32Array {
  const words = Uint32Array.from(bits, (upper) => upper << 16)
  return new Float32Array(words.buffer)
}

/** Every half float there is: a table look-up is several times quicker than arithmetic on each element. */
const HALF_FLOATS = Float32Array.from({ length: 0x1_0000 }, (_, half) => {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
})
