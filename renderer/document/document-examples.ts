import type { PixelRect } from '../../electron/api/geometry.ts'
import type { Recipe } from '../../electron/api/edits.ts'
import type { DocumentCommand } from './commands/commands.ts'
import { encodeStroke, quantizePoint } from './stroke-points.ts'

/** Commands with plausible contents, for tests. */

export const BOUNDS: PixelRect = { x: 0, y: 0, width: 512, height: 384 }
export const imageId = (digit: string) => digit.repeat(64)

export const RECIPE: Recipe = {
  program: 'Remask',
  packId: 'starter',
  packVersion: '1.0.0',
  request: {
    kind: 'generate',
    size: null,
    packId: 'starter',
    prompt: 'a lake at dawn',
    negativePrompt: '',
    count: 1,
    seed: 7,
    steps: 12,
    guidanceScale: 3,
    guidanceRamp: 'constant',
  },
}

export const openPicture = (bounds = BOUNDS): DocumentCommand => ({ type: 'place-picture', imageId: imageId('a'), bounds, isPasted: false })
export const run = (jobId = 'job'): DocumentCommand => ({ type: 'start-run', jobId })
/** @param request  of which edit it is a candidate. */
export const accept = (jobId = 'job', bounds = BOUNDS, digit = 'b', request: Recipe['request'] = RECIPE.request): DocumentCommand => ({
  type: 'accept-candidate',
  jobId,
  index: 1,
  imageId: imageId(digit),
  bounds,
  recipe: { ...RECIPE, request },
  receipt: { pixelCount: 100, untouchedPixelCount: 90, strayPixelCount: 0 },
})
export const stroke = (x = 100, y = 100, isErase = false): DocumentCommand => ({
  type: 'paint-mask',
  isErase,
  size: 40,
  hardness: 0.5,
  stroke: encodeStroke([quantizePoint(x, y), quantizePoint(x + 60, y + 20)]),
})
export const rectangle = (rect: PixelRect, isErase = false): DocumentCommand => ({ type: 'mask-rectangle', isErase, rect })
export const frame = (rect: PixelRect): DocumentCommand => ({ type: 'set-frame', frame: rect })

/** One of each kind, in an order in which each has an effect. */
export const ONE_OF_EACH: readonly DocumentCommand[] = [
  openPicture(),
  stroke(),
  stroke(110, 110, true),
  rectangle({ x: 200, y: 100, width: 90, height: 40 }),
  { type: 'mask-lasso', isErase: false, outline: [400, 400, 200, 0, 0, 200] },
  { type: 'mask-cells', found: 'words', crop: { x: 0, y: -8, cellSize: 24, rows: 16, columns: 22 }, cells: [4, 5, 6, 21, 22, 90] },
  { type: 'grow-mask', distance: 5 },
  { type: 'shrink-mask', distance: 2 },
  { type: 'invert-mask' },
  { type: 'clear-mask' },
  { type: 'restore-mask' },
  { type: 'load-mask', imageId: imageId('e') },
  { type: 'mask-alike', isErase: false, grid: { x: 0, y: 0, cellSize: 8, columns: 64 }, runs: [0, 3, 64, 2] },
  run(),
  { type: 'pin-cells', packId: 'starter', pins: [{ x: 0, y: 0, cellSize: 8, token: 5, step: 0 }, { x: 8, y: 0, cellSize: 8, token: 6, step: 0 }] },
  { type: 'unpin-cells', cells: [{ x: 0, y: 0, cellSize: 8 }] },
  { type: 'clear-pins' },
  { type: 'patch-cells', jobId: 'job', base: 0, index: 1, runs: [0, 2, 64, 2] },
  { type: 'clear-patch' },
  { type: 'dismiss-candidates' },
  run('second'),
  accept('second'),
  frame({ x: 16, y: 16, width: 256, height: 256 }),
  { type: 'clear-frame' },
  { type: 'fill-mask' },
  frame({ x: 0, y: 0, width: 256, height: 256 }),
  { type: 'crop', rect: { x: 0, y: 0, width: 256, height: 256 }, imageId: imageId('c') },
]
