import Konva from 'konva'
import type { PixelRect } from '../../electron/api/geometry.ts'
import type { CanvasColours } from './canvas-colours.ts'
import { FRAME_HANDLES, handlePoint } from './tools/frame-handles.ts'
import type { ToolPreview } from './tools/tool.ts'
import { type ImagePoint, toScreen, type Viewport } from './viewport.ts'

/** All in screen pixels. */
const HANDLE_SIDE = 9
const LINE_WIDTH = 1.25
const DASH = [5, 4]
const LABEL_OFFSET = 12

/** Where the brush is, for its ring. Sizes in image pixels. */
export interface Ring {
  readonly at: ImagePoint
  readonly size: number
  readonly hardness: number
  readonly isErase: boolean
}

export interface ToolScene {
  readonly viewport: Viewport
  readonly ring: Ring | null
  readonly preview: ToolPreview | null
  /** The frame where it differs from the picture or the frame tool is chosen. */
  readonly frame: PixelRect | null
  readonly hasHandles: boolean
  readonly picture: PixelRect | null
  /** Whether a result lies in what the frame adds: nothing is laid over its colours. */
  readonly isFilled: boolean
}

/** Cursor, tool previews and frame: a handful of Konva nodes, moved and never read. */
export class ToolView {
  readonly #layer: Konva.Layer
  #colours: CanvasColours
  /** Every line twice, dark under light, so that it is seen on any picture. */
  readonly #ringDark = new Konva.Circle({ strokeWidth: 3, stroke: 'rgb(0 0 0 / 0.35)' })
  readonly #ringLight = new Konva.Circle({ strokeWidth: LINE_WIDTH, stroke: 'white' })
  readonly #core = new Konva.Circle({ strokeWidth: 1, stroke: 'rgb(255 255 255 / 0.7)', dash: [3, 3] })
  readonly #outlineDark = new Konva.Line({ strokeWidth: 3, stroke: 'rgb(0 0 0 / 0.35)', closed: true })
  readonly #outline = new Konva.Line({ strokeWidth: LINE_WIDTH, stroke: 'white', closed: true, dash: DASH })
  readonly #outside = new Konva.Shape({ sceneFunc: (context) => this.#paintOutside(context._context) })
  readonly #frame = new Konva.Rect({ strokeWidth: LINE_WIDTH * 1.4 })
  readonly #handles = FRAME_HANDLES.map(
    () => new Konva.Rect({ width: HANDLE_SIDE, height: HANDLE_SIDE, cornerRadius: 2, strokeWidth: LINE_WIDTH }),
  )
  readonly #label = new Konva.Label()
  readonly #labelTag = new Konva.Tag({ cornerRadius: 5 })
  readonly #labelText = new Konva.Text({ fontSize: 12, padding: 5, fontFamily: 'Inter Variable, system-ui, sans-serif' })
  #scene: ToolScene | undefined

  constructor(layer: Konva.Layer, colours: CanvasColours) {
    this.#layer = layer
    this.#colours = colours
    this.#label.add(this.#labelTag, this.#labelText)
    layer.add(this.#outside, this.#frame, ...this.#handles, this.#label)
    layer.add(this.#outlineDark, this.#outline, this.#ringDark, this.#ringLight, this.#core)
    this.setColours(colours)
  }

  setColours(colours: CanvasColours): void {
    this.#colours = colours
    this.#frame.stroke(colours.accent)
    for (const handle of this.#handles) handle.setAttrs({ fill: colours.surface, stroke: colours.accent })
    this.#labelTag.fill(colours.accent)
    this.#labelText.fill(colours.text)
  }

  draw(scene: ToolScene): void {
    this.#scene = scene
    this.#placeRing(scene)
    this.#placeOutline(scene)
    this.#placeFrame(scene)
    this.#layer.draw()
  }

  #placeRing({ ring, viewport }: ToolScene): void {
    for (const node of [this.#ringDark, this.#ringLight, this.#core]) node.visible(ring !== null)
    if (ring === null) return
    const { xScreen: x, yScreen: y } = toScreen(viewport, ring.at)
    const radius = Math.max(1.5, (ring.size / 2) * viewport.zoom)
    this.#ringDark.setAttrs({ x, y, radius })
    this.#ringLight.setAttrs({ x, y, radius, dash: ring.isErase ? DASH : [] })
    const core = radius * ring.hardness
    // A ring within a pixel or two of the outer one only thickens it.
    this.#core.setAttrs({ x, y, radius: core, visible: core > 3 && radius - core > 3 })
  }

  #placeOutline({ preview, viewport }: ToolScene): void {
    const corners = preview === null ? [] : outlineOf(preview)
    const points = corners.flatMap((corner) => {
      const { xScreen, yScreen } = toScreen(viewport, corner)
      return [xScreen, yScreen]
    })
    for (const node of [this.#outlineDark, this.#outline]) node.points(points).visible(points.length > 0)
  }

  #placeFrame({ frame, hasHandles, viewport }: ToolScene): void {
    for (const node of [this.#frame, this.#outside, this.#label]) node.visible(frame !== null)
    for (const handle of this.#handles) handle.visible(frame !== null && hasHandles)
    if (frame === null) return
    const { x, y, width, height } = screenRect(viewport, frame)
    this.#frame.setAttrs({ x, y, width, height })
    this.#handles.forEach((node, i) => {
      const at = handlePoint({ x, y, width, height }, FRAME_HANDLES[i] ?? { horizontal: 0, vertical: 0 })
      node.setAttrs({ x: at.x - HANDLE_SIDE / 2, y: at.y - HANDLE_SIDE / 2 })
    })
    this.#labelText.text(`${frame.width} × ${frame.height}`)
    // Inside: below the frame lies the prompt box.
    this.#label.setAttrs({ x: x + width / 2 - this.#labelText.width() / 2, y: y + height - LABEL_OFFSET - this.#labelText.height(), visible: hasHandles })
  }

  /** Dims what a crop cuts off and tints what an extension adds. */
  #paintOutside(context: CanvasRenderingContext2D): void {
    const scene = this.#scene
    if (!scene || scene.frame === null || scene.picture === null) return
    const frame = screenRect(scene.viewport, scene.frame)
    const picture = screenRect(scene.viewport, scene.picture)
    fillDifference(context, picture, frame, this.#colours.scrim)
    if (!scene.isFilled) fillDifference(context, frame, picture, this.#colours.accentSoft)
  }
}

type ScreenRect = { x: number; y: number; width: number; height: number }

function screenRect(viewport: Viewport, rect: PixelRect): ScreenRect {
  const from = toScreen(viewport, rect)
  return { x: from.xScreen, y: from.yScreen, width: rect.width * viewport.zoom, height: rect.height * viewport.zoom }
}

/** Fills what lies in `a` but not in `b`. */
function fillDifference(context: CanvasRenderingContext2D, a: ScreenRect, b: ScreenRect, colour: string): void {
  context.save()
  context.beginPath()
  context.rect(a.x, a.y, a.width, a.height)
  context.clip()
  context.beginPath()
  context.rect(a.x, a.y, a.width, a.height)
  context.rect(b.x, b.y, b.width, b.height)
  context.fillStyle = colour
  context.fill('evenodd')
  context.restore()
}

function outlineOf(preview: ToolPreview): readonly ImagePoint[] {
  if (preview.kind === 'lasso') return preview.points
  if (preview.kind === 'frame') return []
  const { x, y, width, height } = preview.rect
  return [{ x, y }, { x: x + width, y }, { x: x + width, y: y + height }, { x, y: y + height }]
}
