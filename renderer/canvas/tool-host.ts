import { cropForExtension } from '../../electron/api/token-cells.ts'
import type { CellGeometry } from '../../electron/api/token-cells.ts'
import type { DocumentStore } from '../document/document-store.ts'
import type { KeyListener } from './key-input.ts'
import { LiveStroke } from './live-stroke.ts'
import type { PointerInput, PointerListener } from './pointer-input.ts'
import type { PickEffect, PointerSample, ToolContext, ToolEffect, ToolEvent, ToolPreview } from './tools/tool.ts'
import { createToolRunners } from './tools/tools.ts'
import type { ToolRunner } from './tools/tool-runner.ts'
import { type ScreenPoint, toImage, visibleRect } from './viewport.ts'
import type { ViewportStore } from './viewport-store.ts'

/** Screen pixels an arrow key moves the view by. */
const PAN_STEP_SCREEN = 48
/** Frames and keyboard rectangles snap to it while no pack says how large its cells are. */
const DEFAULT_CELL_SIZE = 16

export interface ToolHostParts {
  readonly documentStore: DocumentStore
  readonly viewportStore: ViewportStore
  readonly geometry: () => CellGeometry | null
  /** The tool layer, or the mask of a stroke, has to be drawn again. */
  readonly onChange: (what: 'tool' | 'mask') => void
  readonly onAnnounce: (text: string) => void
  readonly onConfirm: () => void
  readonly onPick: (pick: PickEffect) => void
  readonly onCursor: (cursor: string) => void
}

/** Plays pointer and keys to the chosen tool and does what it asks for. */
export class ToolHost implements PointerListener, KeyListener {
  readonly #parts: ToolHostParts
  readonly #runners = createToolRunners()
  /** The tool a gesture began with; it ends with the same. */
  #gestureTool: ToolRunner | null = null
  #isSpaceHeld = false
  #isAltHeld = false
  #isRightGesture = false
  #sample: PointerSample | null = null
  #preview: ToolPreview | null = null
  #stroke: LiveStroke | null = null

  constructor(parts: ToolHostParts) {
    this.#parts = parts
  }

  get stroke(): LiveStroke | null {
    return this.#stroke
  }

  get preview(): ToolPreview | null {
    return this.#preview
  }

  /** Where the brush's ring is to be drawn; null where the cursor is another. */
  get ringSample(): PointerSample | null {
    return this.#tool.hasRing ? this.#sample : null
  }

  /** Whether the ring is a brush for the mask. */
  get isMaskBrush(): boolean {
    return this.#tool.id !== 'patch'
  }

  get isErasing(): boolean {
    return this.#stroke?.brush.isErase ?? (this.#tool.id === 'eraser' || this.#isAltHeld)
  }

  get isFrameShown(): boolean {
    return this.#chosen.id === 'frame'
  }

  /** Another tool was chosen, or the document was changed from elsewhere: what is under way is given up. */
  interrupt(): void {
    for (const runner of Object.values(this.#runners)) this.#send(runner, { type: 'cancel' })
    this.#gestureTool = null
    this.#showCursor()
  }

  down(input: PointerInput): void {
    this.#isRightGesture = input.button === 'right'
    const isPan = this.#isSpaceHeld || input.button === 'middle'
    this.#gestureTool = isPan ? this.#runners.pan : this.#chosen
    this.#sample = this.#readSample(input)
    this.#send(this.#gestureTool, { type: 'pointer-down', sample: this.#sample })
    this.#showCursor()
  }

  move(inputs: readonly PointerInput[]): void {
    for (const input of inputs) {
      this.#sample = this.#readSample(input)
      if (this.#gestureTool !== null) this.#send(this.#gestureTool, { type: 'pointer-move', sample: this.#sample })
    }
    this.#showCursor()
    this.#parts.onChange('tool')
  }

  up(input: PointerInput): void {
    this.#sample = this.#readSample(input)
    if (this.#gestureTool !== null) this.#send(this.#gestureTool, { type: 'pointer-up', sample: this.#sample })
    this.#gestureTool = null
    this.#isRightGesture = false
    this.#showCursor()
    this.#parts.onChange('tool')
  }

  leave(): void {
    this.#sample = null
    this.#parts.onChange('tool')
  }

  cancel(): void {
    this.interrupt()
  }

  pinch(factor: number, at: ScreenPoint, dxScreen: number, dyScreen: number): void {
    const { viewportStore } = this.#parts
    if (dxScreen !== 0 || dyScreen !== 0) viewportStore.panBy(dxScreen, dyScreen)
    if (factor !== 1) viewportStore.zoomBy(factor, at)
  }

  arrow(dx: number, dy: number, isShift: boolean, isFree: boolean): void {
    if (this.#chosen.takesArrows) this.#send(this.#chosen, { type: 'nudge', dx, dy, isResize: isShift, isFree })
    else this.#parts.viewportStore.panBy(-dx * PAN_STEP_SCREEN, -dy * PAN_STEP_SCREEN)
  }

  enter(isAlt: boolean): void {
    if (this.#chosen.isIdle()) this.#parts.onConfirm()
    else this.#send(this.#chosen, { type: 'confirm', isErase: isAlt })
  }

  escape(): boolean {
    if (Object.values(this.#runners).some((runner) => !runner.isIdle())) {
      this.interrupt()
      return true
    }
    return this.#send(this.#chosen, { type: 'reset' })
  }

  holdSpace(isHeld: boolean): void {
    this.#isSpaceHeld = isHeld
    this.#showCursor()
    this.#parts.onChange('tool')
  }

  holdAlt(isHeld: boolean): void {
    this.#isAltHeld = isHeld
    this.#parts.onChange('tool')
  }

  get #chosen(): ToolRunner {
    return this.#runners[this.#parts.viewportStore.getState().tool]
  }

  /** The tool at work now. */
  get #tool(): ToolRunner {
    return this.#gestureTool ?? (this.#isSpaceHeld ? this.#runners.pan : this.#chosen)
  }

  #showCursor(): void {
    if (this.#sample !== null) this.#parts.onCursor(this.#tool.cursorAt(this.#sample, this.#context()))
  }

  #readSample(input: PointerInput): PointerSample {
    const { xScreen, yScreen, pressure } = input
    return {
      xScreen,
      yScreen,
      pressure,
      ...toImage(this.#parts.viewportStore.getState(), input),
      isErase: this.#isRightGesture || input.isEraserEnd || input.isAlt,
      isConstrained: input.isShift,
      isFree: input.isCtrl,
    }
  }

  #context(): ToolContext {
    const view = this.#parts.viewportStore.getState()
    const { bounds, frame, openCandidates } = this.#parts.documentStore.getState().document
    const geometry = this.#parts.geometry()
    const { x, y, width, height } = visibleRect(view)
    return {
      bounds,
      frame,
      brushSize: view.brushSize,
      isPressureUsed: view.isPressureUsed,
      zoom: view.zoom,
      isPatched: openCandidates?.patch != null,
      cellSize: bounds && geometry ? cropForExtension(bounds, bounds, undefined, geometry).cellSize : DEFAULT_CELL_SIZE,
      visible: { x: Math.round(x), y: Math.round(y), width: Math.ceil(width), height: Math.ceil(height) },
    }
  }

  /** Returns whether the tool had anything to do. */
  #send(tool: ToolRunner, event: ToolEvent): boolean {
    const effects = tool.send(event, this.#context())
    for (const effect of effects) this.#perform(effect)
    return effects.length > 0
  }

  #perform(effect: ToolEffect): void {
    const { documentStore, viewportStore, onChange, onAnnounce } = this.#parts
    switch (effect.type) {
      case 'begin-stroke': {
        const { bounds, pixelMask } = documentStore.getState().document
        if (bounds === null) return
        const { brushSize: size, brushHardness: hardness } = viewportStore.getState()
        this.#stroke = new LiveStroke(pixelMask.tiles, bounds, { size, hardness, isErase: effect.isErase })
        this.#stroke.add(effect.point)
        return onChange('mask')
      }
      case 'extend-stroke':
        this.#stroke?.add(effect.point)
        return onChange('mask')
      case 'commit-stroke':
        return this.#commitStroke()
      case 'discard-stroke':
        this.#stroke = null
        return onChange('mask')
      case 'preview':
        this.#preview = effect.preview
        return onChange('tool')
      case 'commit':
        return documentStore.dispatch(effect.command)
      case 'pick':
        return this.#parts.onPick(effect)
      case 'pan':
        return viewportStore.panBy(effect.dxScreen, effect.dyScreen)
      case 'announce':
        return onAnnounce(effect.text)
    }
  }

  #commitStroke(): void {
    const stroke = this.#stroke
    if (stroke === null) return
    const before = this.#parts.documentStore.getState().document.pixelMask.tiles
    const { command, tiles } = stroke.finish()
    this.#stroke = null
    // A stroke beside the picture, or over what is masked already, is no step to undo.
    if (tiles !== before) this.#parts.documentStore.dispatch(command, tiles)
    this.#parts.onChange('mask')
  }
}
