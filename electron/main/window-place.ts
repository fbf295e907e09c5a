import { readFileSync } from 'node:fs'
import { z } from 'zod'

const windowPlaceSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  isMaximized: z.boolean(),
})
/** Where the window was when it was closed, in screen points. */
export type WindowPlace = z.infer<typeof windowPlaceSchema>

interface ScreenArea {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Below it the panels would cover the canvas. */
export const MIN_WINDOW_SIZE = { width: 880, height: 560 }
const FIRST_WINDOW_SIZE = { width: 1360, height: 860 }
/** So much of the title bar must be on a screen to take hold of it. */
const GRASPABLE = 80

export function readWindowPlace(file: string): WindowPlace | undefined {
  try {
    return windowPlaceSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/**
 * Where to open the window: where it was, if that can still be reached (a screen may be gone), else in the middle of the
 * first screen.
 *
 * @param areas  of all screens, without the taskbar; the first is the primary one.
 */
export function placeWindow(last: WindowPlace | undefined, areas: readonly ScreenArea[]): WindowPlace {
  const area = areas.find((candidate) => last !== undefined && isGraspable(last, candidate))
  if (last !== undefined && area !== undefined) {
    return { ...last, width: clampSize(last.width, 'width', area), height: clampSize(last.height, 'height', area) }
  }
  const first = areas[0] ?? { x: 0, y: 0, ...FIRST_WINDOW_SIZE }
  const width = clampSize(FIRST_WINDOW_SIZE.width, 'width', first)
  const height = clampSize(FIRST_WINDOW_SIZE.height, 'height', first)
  const x = first.x + Math.round((first.width - width) / 2)
  const y = first.y + Math.round((first.height - height) / 2)
  return { x, y, width, height, isMaximized: false }
}

function isGraspable(place: WindowPlace, area: ScreenArea): boolean {
  const shown = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x)
  return shown >= GRASPABLE && place.y >= area.y && place.y <= area.y + area.height - GRASPABLE
}

function clampSize(size: number, side: 'width' | 'height', area: ScreenArea): number {
  return Math.max(Math.min(size, area[side]), MIN_WINDOW_SIZE[side])
}
