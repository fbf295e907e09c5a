/** Vectors of a codebook: [codes × width]. */
export interface CodeVectors {
  readonly width: number
  readonly vectors: Float32Array
}

/** At first, in median distances: what looks the same to the eye is rarely farther. */
export const FIRST_THRESHOLD = 0.25

/**
 * How far each code lies from one: 0 for itself, 1 for the codebook's median distance from it. Relative, because codebooks
 * are scaled as they happened to be trained.
 */
export function measureCodes({ width, vectors }: CodeVectors, token: number): Float32Array {
  const distances = new Float32Array(vectors.length / width)
  for (let code = 0; code < distances.length; code++) {
    let sum = 0
    for (let i = 0; i < width; i++) sum += (vectors[code * width + i]! - vectors[token * width + i]!) ** 2
    distances[code] = Math.sqrt(sum)
  }
  const median = distances.toSorted()[distances.length >> 1]! || 1
  return distances.map((distance) => distance / median)
}

/**
 * The cells whose code is no farther than `threshold` from some of the chosen ones.
 *
 * @param distances  of all codes, one list for each cell that was clicked.
 * @returns [tokens.length], 1 = alike.
 */
export function findAlike(tokens: Uint16Array, distances: readonly Float32Array[], threshold: number): Uint8Array {
  return Uint8Array.from(tokens, (token) => Number(distances.some((list) => list[token]! <= threshold)))
}
