import { spreadSmoothly } from './membrane.ts'
import type { Pace } from '../pacing/pacing.ts'

export interface ColourMatch {
  readonly width: number
  readonly height: number
  /** [height × width × 3], 16 bits: the picture, as far as it is known. */
  readonly picture: Uint16Array
  /** [height × width × 3], 16 bits: what the model drew of the same place. */
  readonly patch: Uint16Array
  /** [height × width]: 1 where the picture stays as it is and can be compared with the patch. */
  readonly isKept: Uint8Array
}

/** How far from what changes the two are compared, in model pixels: about a token, whose reconstruction shifts as one. */
const BORDER_WIDTH = 8
/** Half the side of the box that averages the difference along the border; texture averages out, a shift of colour stays. */
const AVERAGING_RADIUS = 3
/** Differences beyond it (of 65,535) are other content rather than another colour, and weigh less. */
const CONTENT_DIFFERENCE = 24 * 257

/**
 * A model's tokenizer does not give colours back exactly, so a patch would show its border. The low-frequency difference
 * between picture and patch along the border is spread over the patch as a membrane and added.
 *
 * @returns the patch matched, [height × width × 3], 16 bits; where nothing is kept, the patch as it is.
 */
export async function matchColours(match: ColourMatch, pace: Pace): Promise<Uint16Array> {
  const { width, height, picture, patch } = match
  const weights = await weighBorder(match, pace)
  const matched = new Uint16Array(patch.length)
  const weightSums = await sumBox(weights, width, height, pace)
  const isGiven = Uint8Array.from(weights, (weight) => (weight > 0 ? 1 : 0))
  for (let channel = 0; channel < 3; channel++) {
    const weighted = weights.map((weight, i) => weight * (picture[i * 3 + channel]! - patch[i * 3 + channel]!))
    await pace()
    const values = await sumBox(weighted, width, height, pace)
    for (let i = 0; i < values.length; i++) values[i] = isGiven[i] === 1 ? values[i]! / weightSums[i]! : 0
    await spreadSmoothly({ width, height, values, isGiven }, pace)
    for (let i = 0; i < values.length; i++) {
      matched[i * 3 + channel] = Math.min(65_535, Math.max(0, Math.round(patch[i * 3 + channel]! + values[i]!)))
    }
    await pace()
  }
  return matched
}

/**
 * Above 0 on what is kept beside what changes. A pixel weighs by the mean difference around it: by its own, those whose grain
 * happens to cancel the shift would count most, and the shift would be found too small.
 */
async function weighBorder({ width, height, picture, patch, isKept }: ColourMatch, pace: Pace): Promise<Float32Array> {
  const isNearChange = await dilate(isKept.map((kept) => 1 - kept), width, height, pace)
  const isBorder = Float32Array.from(isKept, (kept, i) => kept * isNearChange[i]!)
  await pace()
  const counts = await sumBox(isBorder, width, height, pace)
  const largest = new Float32Array(isBorder.length)
  for (let channel = 0; channel < 3; channel++) {
    const differences = isBorder.map((on, i) => on * (picture[i * 3 + channel]! - patch[i * 3 + channel]!))
    await pace()
    const sums = await sumBox(differences, width, height, pace)
    for (let i = 0; i < sums.length; i++) if (isBorder[i] === 1) largest[i] = Math.max(largest[i]!, Math.abs(sums[i]! / counts[i]!))
    await pace()
  }
  return isBorder.map((on, i) => (on === 0 ? 0 : 1 / (1 + (largest[i]! / CONTENT_DIFFERENCE) ** 2)))
}

/** 1 wherever a 1 lies within BORDER_WIDTH along both axes. */
async function dilate(plane: Uint8Array, width: number, height: number, pace: Pace): Promise<Uint8Array> {
  const spread = async (from: Uint8Array, lineCount: number, length: number, lineStep: number, step: number) => {
    const to = new Uint8Array(from.length)
    for (let line = 0; line < lineCount; line++) {
      let distance = Infinity
      for (let i = 0, at = line * lineStep; i < length; i++, at += step) {
        distance = from[at] === 1 ? 0 : distance + 1
        if (distance <= BORDER_WIDTH) to[at] = 1
      }
      distance = Infinity
      for (let i = length - 1, at = line * lineStep + (length - 1) * step; i >= 0; i--, at -= step) {
        distance = from[at] === 1 ? 0 : distance + 1
        if (distance <= BORDER_WIDTH) to[at] = 1
      }
      await pace()
    }
    return to
  }
  return spread(await spread(plane, height, width, width, 1), width, height, 1, width)
}

/** The sum over a box of 2 · AVERAGING_RADIUS + 1 in each direction. */
async function sumBox(plane: Float32Array, width: number, height: number, pace: Pace): Promise<Float32Array> {
  const sum = async (from: Float32Array, lineCount: number, length: number, lineStep: number, step: number) => {
    const to = new Float32Array(from.length)
    for (let line = 0; line < lineCount; line++) {
      const start = line * lineStep
      for (let i = 0; i < length; i++) {
        let total = 0
        const end = Math.min(length - 1, i + AVERAGING_RADIUS)
        for (let j = Math.max(0, i - AVERAGING_RADIUS); j <= end; j++) total += from[start + j * step]!
        to[start + i * step] = total
      }
      await pace()
    }
    return to
  }
  return sum(await sum(plane, height, width, width, 1), width, height, 1, width)
}
