/** Uniform in [0, 1). Passed in, never global, so that a seed fixes the result. */
export type Random = () => number

/**
 * A seeded generator: sfc32 (Doty-Humphrey's "small fast counter", passes PractRand), 32 bits a draw.
 *
 * Its state is filled through splitmix32, so that the neighbouring seeds of a job's candidates start far apart.
 *
 * @param seed  whole number; its lowest 32 bits count.
 */
export function createRandom(seed: number): Random {
  let mixed = seed >>> 0
  const splitmix32 = () => {
    mixed = (mixed + 0x9e3779b9) | 0
    let z = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
  let a = splitmix32()
  let b = splitmix32()
  let c = splitmix32()
  let counter = 1
  return () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum | 0
    return (sum >>> 0) / 2 ** 32
  }
}
