import type { MeissonicConfig } from './meissonic-config.ts'

/** Of the rotary embedding (Su et al. 2021); angles are reckoned in double precision, as in the published code. */
const THETA = 10_000

/** Cosines and sines by which the channels of a head are turned: each [(wordCount + rows · columns) × headWidth]. */
export interface RotaryPositions {
  readonly cosines: Float32Array
  readonly sines: Float32Array
}

/**
 * Text comes first and stands at the origin; a cell of the grid stands at (0, row, column). Neighbouring channels are a
 * pair that turns by the same angle.
 *
 * @param rows  of the grid as the layers see it.
 */
export function rotaryPositions(
  wordCount: number, rows: number, columns: number, { rotaryWidths, headWidth }: Pick<MeissonicConfig, 'rotaryWidths' | 'headWidth'>,
): RotaryPositions {
  const length = wordCount + rows * columns
  const cosines = new Float32Array(length * headWidth).fill(1)
  const sines = new Float32Array(length * headWidth)
  for (let cell = 0; cell < rows * columns; cell++) {
    const position = [0, Math.floor(cell / columns), cell % columns]
    let channel = (wordCount + cell) * headWidth
    for (const [axis, axisWidth] of rotaryWidths.entries()) {
      for (let pair = 0; pair < axisWidth; pair += 2) {
        const angle = position[axis]! / THETA ** (pair / axisWidth)
        cosines.fill(Math.cos(angle), channel, channel + 2)
        sines.fill(Math.sin(angle), channel, channel + 2)
        channel += 2
      }
    }
  }
  return { cosines, sines }
}
