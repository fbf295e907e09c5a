import type { Pace } from '../pacing/pacing.ts'

/** Gauss–Seidel sweeps a level: enough to take out the blocks of the level above, for the values left are smooth. */
const SWEEP_COUNT = 6
/** A level this small is solved nearly exactly, for next to nothing; what is wrong in it stays wrong below. */
const SMALL_LEVEL_PIXELS = 1024
const SMALL_LEVEL_SWEEP_COUNT = 60

interface Plane {
  readonly width: number
  readonly height: number
  /** [height × width] */
  readonly values: Float32Array
  /** 1 where the value is given. */
  readonly isGiven: Uint8Array
}

/**
 * Spreads values that are given in some places over the whole plane as smoothly as can be: a membrane held at the given
 * places (∇²v = 0 elsewhere, no slope across the plane's border), solved coarse to fine. Used as in Pérez et al. 2003,
 * "Poisson image editing", section 3: what is added to a patch so that it meets its surroundings.
 *
 * `values` is filled in place; all zero where nothing is given.
 */
export async function spreadSmoothly(plane: Plane, pace: Pace): Promise<void> {
  const { width, height, values, isGiven } = plane
  if (width > 1 || height > 1) {
    const coarse = halve(plane)
    await spreadSmoothly(coarse, pace)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = y * width + x
        if (isGiven[i] === 0) values[i] = sampleBetween(coarse, (x - 0.5) / 2, (y - 0.5) / 2)
      }
      await pace()
    }
  }
  const sweepCount = values.length <= SMALL_LEVEL_PIXELS ? SMALL_LEVEL_SWEEP_COUNT : SWEEP_COUNT
  for (let sweep = 0; sweep < sweepCount; sweep++) await relax(plane, pace)
}

function halve({ width, height, values, isGiven }: Plane): Plane {
  const halfWidth = Math.ceil(width / 2)
  const halfHeight = Math.ceil(height / 2)
  const half = {
    width: halfWidth,
    height: halfHeight,
    values: new Float32Array(halfWidth * halfHeight),
    isGiven: new Uint8Array(halfWidth * halfHeight),
  }
  const counts = new Uint8Array(halfWidth * halfHeight)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      if (isGiven[i] === 0) continue
      const j = (y >> 1) * halfWidth + (x >> 1)
      half.values[j]! += values[i]!
      half.isGiven[j] = 1
      counts[j]!++
    }
  }
  for (let j = 0; j < counts.length; j++) if (counts[j]! > 1) half.values[j]! /= counts[j]!
  return half
}

function sampleBetween({ width, height, values }: Plane, x: number, y: number): number {
  const clampedX = Math.min(Math.max(x, 0), width - 1)
  const clampedY = Math.min(Math.max(y, 0), height - 1)
  const left = Math.floor(clampedX)
  const top = Math.floor(clampedY)
  const right = Math.min(left + 1, width - 1)
  const bottom = Math.min(top + 1, height - 1)
  const shareX = clampedX - left
  const shareY = clampedY - top
  const above = values[top * width + left]! * (1 - shareX) + values[top * width + right]! * shareX
  const below = values[bottom * width + left]! * (1 - shareX) + values[bottom * width + right]! * shareX
  return above * (1 - shareY) + below * shareY
}

async function relax({ width, height, values, isGiven }: Plane, pace: Pace): Promise<void> {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      if (isGiven[i] === 1) continue
      const left = x > 0 ? values[i - 1]! : values[i]!
      const right = x < width - 1 ? values[i + 1]! : values[i]!
      const above = y > 0 ? values[i - width]! : values[i]!
      const below = y < height - 1 ? values[i + width]! : values[i]!
      values[i] = (left + right + above + below) / 4
    }
    await pace()
  }
}
