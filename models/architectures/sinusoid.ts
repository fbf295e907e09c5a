/**
 * Numbers as sines and cosines of falling frequencies, as the published models were given their micro-conditioning and
 * timesteps: for each value, cosines first, then sines.
 *
 * Frequencies and products are float32, as in training; cosine and sine of a float32 product are then exact to the last
 * bit, which matters at Meissonic's timesteps of up to 63 000 radians.
 *
 * @param width  numbers per value. Even.
 * @returns [values × width]
 */
export function encodeSinusoids(values: readonly number[], width: number): Float32Array {
  const frequencies = sinusoidFrequencies(width / 2)
  const encoded = new Float32Array(values.length * width)
  for (const [row, value] of values.entries()) {
    for (const [k, frequency] of frequencies.entries()) {
      const angle = Math.fround(Math.fround(value) * frequency)
      encoded[row * width + k] = Math.cos(angle)
      encoded[row * width + width / 2 + k] = Math.sin(angle)
    }
  }
  return encoded
}

/** exp(−ln 10000 · k / count) for k from 0, rounded as PyTorch rounds on a CPU. */
function sinusoidFrequencies(count: number): Float32Array {
  const scale = Math.fround(-Math.log(10_000))
  return Float32Array.from({ length: count }, (_, k) => exponential(Math.fround(Math.fround(scale * k) / count)))
}

/**
 * e^x in float32 as SLEEF computes it (Shibata & Petrogalli 2020; `xexpf`), which is what PyTorch calls. Not rounded
 * correctly: 15 of the 128 frequencies of a width of 256 differ in the last bit from the true ones.
 *
 * @param x  in about −87 … 88.
 */
function exponential(x: number): number {
  const fma = (a: number, b: number, c: number) => Math.fround(a * b + c)
  const exponent = Math.round(Math.fround(x * Math.fround(Math.LOG2E)))
  // ln 2 in two parts, so that exponent · ln 2 is exact to more than float32.
  const high = fma(exponent, -0.693145751953125, x)
  const rest = fma(exponent, Math.fround(-1.428606765330187e-6), high)
  const polynomial = EXP_COEFFICIENTS.reduce((sum, coefficient) => fma(sum, rest, coefficient), 0)
  return Math.fround(Math.fround(1 + fma(Math.fround(rest * rest), polynomial, rest)) * 2 ** exponent)
}

/** Of (e^x − 1 − x) / x², highest power first. */
const EXP_COEFFICIENTS = Float32Array.of(
  0.000198527617612853646278381,
  0.00139304355252534151077271,
  0.00833336077630519866943359,
  0.0416664853692054748535156,
  0.166666671633720397949219,
  0.5,
)
