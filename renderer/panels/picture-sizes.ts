import type { PixelSize } from '../../electron/api/geometry.ts'
import type { PackSummary } from '../../electron/api/packs.ts'

/** Shapes people know, width to height. */
const SHAPES = [
  [1, 1],
  [4, 3],
  [3, 4],
  [16, 9],
  [9, 16],
] as const
/** Of the pack's own size. A picture larger than the model's grid is made in windows. */
const SCALES = [1, 1.5, 2] as const

/** Sizes to offer for a pack: familiar shapes whose shorter side is its own, in whole tokens. The default comes first. */
export function listSizes({ defaultSize, downsampleFactor }: PackSummary): PixelSize[] {
  const side = Math.min(defaultSize.width, defaultSize.height)
  const round = (length: number) => Math.round(length / downsampleFactor) * downsampleFactor
  const sizes = SCALES.flatMap((scale) =>
    SHAPES.map(([across, down]) => {
      const unit = (side * scale) / Math.min(across, down)
      return { width: round(across * unit), height: round(down * unit) }
    }),
  )
  return [defaultSize, ...sizes.filter(({ width, height }) => width !== defaultSize.width || height !== defaultSize.height)]
}
