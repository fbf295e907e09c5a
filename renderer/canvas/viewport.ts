import type { PixelRect, PixelSize } from '../../electron/api/geometry.ts'

/** A point of the document in image pixels. */
export interface ImagePoint {
  readonly x: number
  readonly y: number
}

/** A point of the canvas in CSS pixels from its top left corner. */
export interface ScreenPoint {
  readonly xScreen: number
  readonly yScreen: number
}

/** What part of the document the canvas shows. */
export interface Viewport {
  /** Screen pixels per image pixel. */
  readonly zoom: number
  /** The document point in the middle of the canvas. */
  readonly centre: ImagePoint
  /** The canvas in CSS pixels. */
  readonly canvasSize: PixelSize
}

/** A pixel as large as a hand's breadth; beyond it nothing is to be seen. */
export const MAX_ZOOM = 64
/** 100 megapixels (12,000 wide) still fit into a third of a small window. */
export const MIN_ZOOM = 0.02
/** Screen pixels left free around a picture that is fitted, so that its edge and the frame's handles can be seen. */
const FIT_MARGIN_SCREEN = 32

export function toImage({ zoom, centre, canvasSize }: Viewport, point: ScreenPoint): ImagePoint {
  return {
    x: centre.x + (point.xScreen - canvasSize.width / 2) / zoom,
    y: centre.y + (point.yScreen - canvasSize.height / 2) / zoom,
  }
}

export function toScreen({ zoom, centre, canvasSize }: Viewport, point: ImagePoint): ScreenPoint {
  return {
    xScreen: (point.x - centre.x) * zoom + canvasSize.width / 2,
    yScreen: (point.y - centre.y) * zoom + canvasSize.height / 2,
  }
}

export function clampZoom(zoom: number): number {
  return Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom))
}

/** Zooms so that the document point under `anchor` stays where it is. */
export function zoomAt(viewport: Viewport, zoom: number, anchor: ScreenPoint): Viewport {
  const clamped = clampZoom(zoom)
  const fixed = toImage(viewport, anchor)
  const centre = {
    x: fixed.x - (anchor.xScreen - viewport.canvasSize.width / 2) / clamped,
    y: fixed.y - (anchor.yScreen - viewport.canvasSize.height / 2) / clamped,
  }
  return { ...viewport, zoom: clamped, centre }
}

export function panBy(viewport: Viewport, dxScreen: number, dyScreen: number): Viewport {
  const { zoom, centre } = viewport
  return { ...viewport, centre: { x: centre.x - dxScreen / zoom, y: centre.y - dyScreen / zoom } }
}

/** Screen pixels at the canvas's edges that panels lie over. */
export interface Insets {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/**
 * All of `content` in what panels leave free. Across, it stays in the middle of the window and moves aside only where a
 * panel would lie over it, so that a drawer that opens does not push every picture about.
 */
export function fitTo(viewport: Viewport, content: PixelRect, insets: Insets): Viewport {
  const { width, height } = viewport.canvasSize
  const freeWidth = Math.max(1, width - insets.left - insets.right - 2 * FIT_MARGIN_SCREEN)
  const freeHeight = Math.max(1, height - insets.top - insets.bottom - 2 * FIT_MARGIN_SCREEN)
  const zoom = clampZoom(Math.min(freeWidth / content.width, freeHeight / content.height))
  const reach = (content.width * zoom) / 2 + FIT_MARGIN_SCREEN - width / 2
  // At most one of the two is above 0: the zoom leaves room for both panels.
  const aside = Math.max(0, reach + insets.right) - Math.max(0, reach + insets.left)
  const centre = {
    x: content.x + content.width / 2 + aside / zoom,
    y: content.y + content.height / 2 + (insets.bottom - insets.top) / 2 / zoom,
  }
  return { ...viewport, zoom, centre }
}

/** The rectangle of the document that can be seen, in image pixels, not rounded. */
export function visibleRect(viewport: Viewport): { x: number; y: number; width: number; height: number } {
  const { zoom, centre, canvasSize } = viewport
  const width = canvasSize.width / zoom
  const height = canvasSize.height / zoom
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height }
}

/** Keeps some of `content` in sight, so that nobody loses the picture by panning. */
export function keepInSight(viewport: Viewport, content: PixelRect): Viewport {
  const shown = visibleRect(viewport)
  const clamp = (centre: number, span: number, start: number, length: number) =>
    Math.min(Math.max(centre, start - span / 2 + Math.min(span, length) / 8), start + length + span / 2 - Math.min(span, length) / 8)
  return {
    ...viewport,
    centre: {
      x: clamp(viewport.centre.x, shown.width, content.x, content.width),
      y: clamp(viewport.centre.y, shown.height, content.y, content.height),
    },
  }
}

/** From image pixels to the pixels of the display, with the origin on a whole one so that nothing is blurred. */
export interface DeviceMap {
  /** Display pixels per image pixel. */
  readonly scale: number
  readonly originX: number
  readonly originY: number
  /** The canvas in display pixels. */
  readonly width: number
  readonly height: number
}

export function toDeviceMap({ zoom, centre, canvasSize }: Viewport, pixelRatio: number): DeviceMap {
  const scale = zoom * pixelRatio
  return {
    scale,
    originX: Math.round((canvasSize.width / 2) * pixelRatio - centre.x * scale),
    originY: Math.round((canvasSize.height / 2) * pixelRatio - centre.y * scale),
    width: Math.round(canvasSize.width * pixelRatio),
    height: Math.round(canvasSize.height * pixelRatio),
  }
}

/** From a picture's own pixels, of which `scale` lie along one of the document's. */
export function toPictureMap(map: DeviceMap, scale: number): DeviceMap {
  return { ...map, scale: map.scale / scale }
}

/** A rectangle in display pixels. Each edge is rounded by itself: neighbours meet without a gap or an overlap. */
export function toDeviceRect(map: DeviceMap, rect: { x: number; y: number; width: number; height: number }): PixelRect {
  const x = Math.round(map.originX + rect.x * map.scale)
  const y = Math.round(map.originY + rect.y * map.scale)
  return {
    x,
    y,
    width: Math.round(map.originX + (rect.x + rect.width) * map.scale) - x,
    height: Math.round(map.originY + (rect.y + rect.height) * map.scale) - y,
  }
}

/** The part of the document in sight, in whole image pixels. */
export function visiblePixels(map: DeviceMap): PixelRect {
  const x = Math.floor(-map.originX / map.scale)
  const y = Math.floor(-map.originY / map.scale)
  return {
    x,
    y,
    width: Math.max(1, Math.ceil((map.width - map.originX) / map.scale) - x),
    height: Math.max(1, Math.ceil((map.height - map.originY) / map.scale) - y),
  }
}
