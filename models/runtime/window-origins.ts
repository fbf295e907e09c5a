/**
 * Where windows of `length` start so that they cover `total`: evenly spaced, at most `maxStride` apart.
 *
 * @param length  at most `total`.
 */
export function windowOrigins(total: number, length: number, maxStride: number): number[] {
  const gapCount = Math.ceil((total - length) / Math.max(1, maxStride))
  if (gapCount <= 0) return [0]
  return Array.from({ length: gapCount + 1 }, (_, i) => Math.round((i * (total - length)) / gapCount))
}
