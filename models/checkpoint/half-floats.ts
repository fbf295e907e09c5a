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

/** Rounds float32 to binary16, the nearest one, even on ties. What is too large becomes infinite. */
export function narrowToHalfFloats(values: Float32Array): Uint16Array<ArrayBuffer> {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length)
  return Uint16Array.from(words, narrowWord)
}

/** @param word  the bits of a float32. */
function narrowWord(word: number): number {
  const sign = (word >>> 16) & 0x8000
  const magnitude = word & 0x7fff_ffff
  if (magnitude > 0x7f80_0000) return sign | 0x7e00
  const exponent = (magnitude >>> 23) - 127
  if (exponent > 15) return sign | 0x7c00
  // Below 2⁻¹⁴ half floats are subnormal: fewer bits of the fraction are left, and none below 2⁻²⁵.
  const shift = exponent >= -14 ? 13 : 13 + (-14 - exponent)
  if (shift > 24) return sign
  const bits = exponent >= -14 ? magnitude - (112 << 23) : (magnitude & 0x7f_ffff) | 0x80_0000
  const kept = bits >>> shift
  const rest = bits & ((1 << shift) - 1)
  const half = 1 << (shift - 1)
  // A carry runs into the exponent, which is then the next larger number.
  return sign | (kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0))
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
