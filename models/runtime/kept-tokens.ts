import { MASK_TOKEN } from './masked-transformer.ts'

/** Stands in kept tokens for MASK_TOKEN: no codebook has so many codes. The same as NO_TOKEN of the engine's API. */
export const NO_TOKEN = 0xffff

/** Tokens as they are kept and sent: two bytes each; several grids one after another. */
export function writeTokens(...grids: readonly Int32Array[]): Uint16Array {
  const written = new Uint16Array(grids.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const grid of grids) {
    for (const token of grid) written[at++] = token === MASK_TOKEN ? NO_TOKEN : token
  }
  return written
}

export function readTokens(written: Uint16Array): Int32Array {
  return Int32Array.from(written, (token) => (token === NO_TOKEN ? MASK_TOKEN : token))
}
