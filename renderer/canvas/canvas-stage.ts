import Konva from 'konva'
import { areRectsEqual, type PixelRect, unionRects } from '../../electron/api/geometry.ts'
import { CANVAS_STRINGS } from '../../electron/api/strings/canvas.ts'
import { formatShare } from '../../electron/api/strings/numbers.ts'
import { type DocumentState, pictureOf } from '../document/document.ts'
import { countMaskedPixels } from '../document/mask-occupancy.ts'
import type { MaskTiles } from '../document/mask-tiles.ts'
import { countReached, findSoftened, softenMask } from '../document/soft-edge.ts'
import { type CanvasColours, readCanvasColours } from './canvas-colours.ts'
import type { CanvasProps, PaintedCells, ShownImage } from './canvas-props.ts'
import { drawCells } from './cells-view.ts'
import { drawHeat } from './heat-view.ts'
import { listenToKeys } from './key-input.ts'
import { MaskView } from './mask-view.ts'
import { PaintedView } from './painted-view.ts'
import { PictureView } from './picture-view.ts'
import { listenToPointer } from './pointer-input.ts'
import { drawPins } from './pins-view.ts'
import { PreviewView } from './preview-view.ts'
import { ToolHost } from './tool-host.ts'
import { type Ring, ToolView } from './tool-view.ts'
import { type CellsQuestion, findChangingCells, findSoftEdge, type TouchedCells, UNDER_MASK } from './touched-cells.ts'
import { type DeviceMap, toDeviceMap } from './viewport.ts'

type StageParts = Pick<CanvasProps, 'documentStore' | 'viewportStore' | 'tileSource'>
type LayerName = 'picture' | 'mask' | 'tool'

/** One draw of Konva's is one draw of ours: nothing is drawn behind our back when an attribute changes. */
Konva.autoDrawEnabled = false

/** Owns everything that is drawn on the canvas and everything that listens on it. Draws at most once per animation frame. */
export class CanvasStage {
  readonly #container: HTMLDivElement
  readonly #parts: StageParts
  readonly #stage: Konva.Stage
  readonly #layers: Record<LayerName, Konva.Layer>
  readonly #pictureView: PictureView
  readonly #paintedView: PaintedView
  readonly #previewView = new PreviewView()
  readonly #maskView: MaskView
  readonly #toolView: ToolView
  readonly #toolHost: ToolHost
  readonly #teardowns: (() => void)[] = []
  readonly #waiting = new Set<LayerName>()
  #colours: CanvasColours
  #props: CanvasProps | null = null
  #cells: TouchedCells | null = null
  #frameRequest: number | undefined
  #announcement: ReturnType<typeof setTimeout> | undefined
  #softening: ReturnType<typeof setTimeout> | undefined

  constructor(container: HTMLDivElement, parts: StageParts) {
    this.#container = container
    this.#parts = parts
    this.#colours = readCanvasColours(container)
    this.#stage = new Konva.Stage({ container, width: 1, height: 1, listening: false })
    this.#teardowns.push(() => this.#stage.destroy())
    this.#pictureView = new PictureView(parts.tileSource, this.#colours)
    this.#paintedView = new PaintedView(parts.tileSource, this.#colours)
    this.#maskView = new MaskView(this.#colours)
    this.#layers = {
      picture: this.#addLayer((context, map) => this.#paintPicture(context, map)),
      mask: this.#addLayer((context, map) => this.#paintMask(context, map)),
      tool: new Konva.Layer({ listening: false }),
    }
    this.#stage.add(this.#layers.picture, this.#layers.mask, this.#layers.tool)
    this.#toolView = new ToolView(this.#layers.tool, this.#colours)
    this.#toolHost = new ToolHost({
      ...parts,
      geometry: () => this.#props?.cellGeometry ?? null,
      onChange: (what) => this.#request(what),
      onAnnounce: (text) => this.#announce(text),
      onConfirm: () => this.#props?.onConfirm?.(),
      onPick: (pick) => this.#props?.onPick?.(pick),
      onCursor: (cursor) => (container.style.cursor = cursor),
    })
    this.#listen()
    this.#takeDocument(parts.documentStore.getState().document, null)
  }

  /** To be called with the component's props whenever they change. */
  update(props: CanvasProps): void {
    const before = this.#props
    this.#props = props
    if (before !== null && before.theme !== props.theme) this.#readColours()
    this.#showPicture()
    if (before === null || before.emptyPage !== props.emptyPage) this.#showContent()
    const isMaskLayerChanged = before?.editedCells !== props.editedCells || before?.heat !== props.heat || before?.pickedCells !== props.pickedCells
    if (before?.cellGeometry !== props.cellGeometry || isMaskLayerChanged) this.#request('mask')
  }

  dispose(): void {
    if (this.#frameRequest !== undefined) cancelAnimationFrame(this.#frameRequest)
    clearTimeout(this.#announcement)
    clearTimeout(this.#softening)
    this.#toolHost.interrupt()
    for (const teardown of this.#teardowns.reverse()) teardown()
  }

  #listen(): void {
    const { documentStore, viewportStore, tileSource } = this.#parts
    const resize = new ResizeObserver(() => this.#resize())
    resize.observe(this.#container)
    this.#teardowns.push(
      () => resize.disconnect(),
      listenToPointer(this.#container, this.#toolHost),
      listenToKeys(this.#container, this.#toolHost),
      tileSource.subscribe(() => this.#request('picture')),
      documentStore.subscribe((state, before) => {
        if (state.document !== before.document) this.#takeDocument(state.document, before.document)
      }),
      viewportStore.subscribe((state, before) => {
        if (state.tool !== before.tool) this.#toolHost.interrupt()
        const hasMoved = state.zoom !== before.zoom || state.centre !== before.centre || state.canvasSize !== before.canvasSize
        if (hasMoved) this.#request('picture')
        this.#request('mask')
      }),
      listenToPixelRatio(() => this.#resize()),
    )
    this.#resize()
  }

  /** A layer that draws in display pixels. */
  #addLayer(paint: (context: CanvasRenderingContext2D, map: DeviceMap) => void): Konva.Layer {
    const layer = new Konva.Layer({ listening: false })
    const sceneFunc = (context: Konva.Context) => {
      context._context.save()
      context._context.setTransform(1, 0, 0, 1, 0, 0)
      paint(context._context, toDeviceMap(this.#parts.viewportStore.getState(), devicePixelRatio))
      context._context.restore()
    }
    layer.add(new Konva.Shape({ sceneFunc }))
    return layer
  }

  #takeDocument(document: DocumentState, before: DocumentState | null): void {
    if (before !== null && before.enlargement !== document.enlargement) {
      this.#parts.viewportStore.rescale(document.enlargement / before.enlargement)
    }
    const isMoved = before?.bounds !== document.bounds || before.frame !== document.frame
    if (isMoved) this.#showContent()
    // A stroke goes on from the mask it began with: with another one under it, it is given up.
    if (this.#toolHost.stroke !== null && (isMoved || before.pixelMask !== document.pixelMask)) this.#toolHost.interrupt()
    this.#showPicture()
    this.#request('mask')
    if (before !== null && before.pixelMask !== document.pixelMask) this.#announceMask(document)
  }

  #showPicture(): void {
    const { documentStore } = this.#parts
    const { document } = documentStore.getState()
    const imageId = pictureOf(document)
    const own: ShownImage | null = imageId === null || document.bounds === null ? null : { imageId, bounds: document.bounds, scale: 1 }
    const hasImageChanged = this.#pictureView.setImage(this.#props?.shownImage ?? own)
    const mask = (document.openCandidates?.pixelMask ?? document.pixelMask).tiles
    const preview = this.#props?.preview ?? null
    const hasPreviewChanged = this.#previewView.set(preview, { picture: document.bounds, mask })
    const hasPaintChanged = this.#paintedView.set(this.#props?.painted ?? UNPAINTED)
    if (hasImageChanged || hasPreviewChanged || hasPaintChanged) this.#request('mask').#request('picture')
  }

  /** Tells the viewport what there is to see. */
  #showContent(): void {
    const { bounds, frame } = this.#parts.documentStore.getState().document
    const content = bounds && frame ? unionRects(bounds, frame) : (bounds ?? this.#emptyPage)
    const known = this.#parts.viewportStore.getState().content
    if (!areRectsEqual(content, known)) this.#parts.viewportStore.setContent(content)
    this.#request('picture')
  }

  get #emptyPage(): PixelRect {
    return { x: 0, y: 0, ...(this.#props?.emptyPage ?? { width: 1, height: 1 }) }
  }

  /** The newest sentence counts; what was about to be said about an older state is not said. */
  #announce(text: string): void {
    clearTimeout(this.#announcement)
    this.#props?.onLiveText?.(text)
  }

  #announceMask({ bounds, pixelMask }: DocumentState): void {
    clearTimeout(this.#announcement)
    if (this.#props?.onLiveText === undefined || bounds === null) return
    // Counting looks at every byte of the mask: not in the frame of the pen-up.
    this.#announcement = setTimeout(() => {
      const share = countMaskedPixels(pixelMask.tiles) / (bounds.width * bounds.height)
      this.#announce(nameShare(share))
    }, ANNOUNCE_DELAY_MS)
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#container
    Konva.pixelRatio = devicePixelRatio
    for (const layer of Object.values(this.#layers)) layer.getCanvas().setPixelRatio(devicePixelRatio)
    this.#stage.size({ width, height })
    this.#parts.viewportStore.resizeCanvas({ width, height })
    this.#request('picture').#request('mask')
    // Sizing a canvas clears it: drawing in the same turn keeps it from blinking.
    this.#draw()
  }

  #readColours(): void {
    this.#colours = readCanvasColours(this.#container)
    this.#pictureView.setColours(this.#colours)
    this.#paintedView.setColours(this.#colours)
    this.#maskView.setColours(this.#colours)
    this.#toolView.setColours(this.#colours)
    this.#request('picture').#request('mask')
  }

  #request(layer: LayerName): this {
    this.#waiting.add(layer)
    this.#frameRequest ??= requestAnimationFrame(() => this.#draw())
    return this
  }

  #draw(): void {
    if (this.#frameRequest !== undefined) cancelAnimationFrame(this.#frameRequest)
    this.#frameRequest = undefined
    const waiting = new Set(this.#waiting)
    this.#waiting.clear()
    if (waiting.has('picture')) this.#layers.picture.draw()
    const stroke = this.#toolHost.stroke
    const tiles = stroke?.tiles ?? this.#parts.documentStore.getState().document.pixelMask.tiles
    const isMaskChanged = waiting.has('mask') && this.#maskView.setTiles(tiles, stroke?.takeWrittenRect())
    const areCellsChanged = this.#findCells(tiles)
    if (waiting.has('mask') || isMaskChanged || areCellsChanged) this.#layers.mask.draw()
    this.#drawTool()
  }

  /** Returns whether other cells are lit than before. */
  #findCells(tiles: Parameters<typeof findChangingCells>[0]['tiles']): boolean {
    const { bounds, frame } = this.#parts.documentStore.getState().document
    const { areCellsVisible, isMaskVisible, brushSize } = this.#parts.viewportStore.getState()
    const geometry = this.#props?.cellGeometry ?? null
    const edited = this.#props?.editedCells ?? UNDER_MASK
    const preview = this.#toolHost.preview
    const ring = this.#toolHost.isErasing || !this.#toolHost.isMaskBrush ? null : this.#toolHost.ringSample
    const brushRect = ring && {
      x: Math.floor(ring.x - brushSize / 2),
      y: Math.floor(ring.y - brushSize / 2),
      width: Math.ceil(brushSize),
      height: Math.ceil(brushSize),
    }
    const isAsked = areCellsVisible && isMaskVisible && !this.#isCandidateShown && bounds !== null && geometry !== null
    const shownFrame = preview?.kind === 'frame' ? preview.frame : frame
    const question = isAsked ? { bounds, frame: shownFrame, tiles, brushRect, geometry, edited } : null
    const cells = question && findChangingCells({ ...question, written: this.#findWritten(question) })
    const isSame = areCellsEqual(cells, this.#cells)
    this.#cells = cells
    return !isSame
  }

  /** Where an edge band widens the mask. While a stroke is drawn, and until there is time to soften it, the mask as it is. */
  #findWritten(question: CellsQuestion): MaskTiles | undefined {
    const { bounds, tiles } = question
    const edge = this.#toolHost.stroke === null ? findSoftEdge(question) : null
    if (edge === null) return undefined
    const known = findSoftened(tiles, bounds, edge)
    if (known !== undefined || countReached(tiles, bounds, edge) > MAX_SOFTENED_TILES) return known
    clearTimeout(this.#softening)
    this.#softening = setTimeout(() => {
      softenMask(tiles, bounds, edge)
      this.#request('mask')
    }, SOFTEN_DELAY_MS)
    return undefined
  }

  /** While a result or a preview of it is looked at, its own mask would only hide it; a mask painted since is shown. */
  get #isCandidateShown(): boolean {
    const { openCandidates, pixelMask } = this.#parts.documentStore.getState().document
    const isPaintedSince = openCandidates !== null && openCandidates.pixelMask !== pixelMask
    return this.#isOverlaid && !isPaintedSince && this.#toolHost.stroke === null
  }

  get #isOverlaid(): boolean {
    return (this.#props?.shownImage ?? this.#props?.preview ?? null) !== null
  }

  #paintPicture(context: CanvasRenderingContext2D, map: DeviceMap): void {
    this.#pictureView.draw(context, map, this.#emptyPage)
    this.#paintedView.draw(context, map, this.#emptyPage)
    this.#previewView.draw(context, map)
  }

  #paintMask(context: CanvasRenderingContext2D, map: DeviceMap): void {
    if (this.#props?.heat) drawHeat(context, map, this.#props.heat, this.#colours)
    if (this.#parts.viewportStore.getState().isMaskVisible && !this.#isCandidateShown) {
      this.#maskView.draw(context, map)
      if (this.#cells !== null) drawCells(context, map, this.#cells, this.#colours)
    }
    if (this.#props?.pickedCells) drawCells(context, map, this.#props.pickedCells, this.#colours)
    drawPins(context, map, this.#parts.documentStore.getState().document.pins.cells, this.#colours)
  }

  #drawTool(): void {
    const viewport = this.#parts.viewportStore.getState()
    const { bounds, frame } = this.#parts.documentStore.getState().document
    const { preview, ringSample, isFrameShown, isErasing } = this.#toolHost
    const ring: Ring | null = ringSample && {
      at: ringSample,
      size: viewport.brushSize,
      hardness: viewport.brushHardness,
      isErase: isErasing,
    }
    const shownFrame = preview?.kind === 'frame' ? preview.frame : (frame ?? (isFrameShown ? bounds : null))
    const isFilled = this.#isOverlaid && preview?.kind !== 'frame'
    this.#toolView.draw({ viewport, ring, preview, frame: shownFrame, hasHandles: isFrameShown, picture: bounds, isFilled })
  }
}

const UNPAINTED: readonly PaintedCells[] = []

/** After the pen's going up, in a turn of its own. */
const SOFTEN_DELAY_MS = 60
/** Of larger masks the cells are shown as they are painted: softening more than this would be felt. */
const MAX_SOFTENED_TILES = 64

/** After the last change: long enough that undo held down does not count masks. */
const ANNOUNCE_DELAY_MS = 400

function areCellsEqual(a: TouchedCells | null, b: TouchedCells | null): boolean {
  if (a === null || b === null) return a === b
  const isSameCrop = a.crop.x === b.crop.x && a.crop.y === b.crop.y && a.crop.cellSize === b.crop.cellSize
  return isSameCrop && a.touched.length === b.touched.length && a.touched.every((value, i) => value === b.touched[i])
}

/** Calls when the window moves to a display of another density or the page is zoomed. Returns what ends it. */
function listenToPixelRatio(listener: () => void): () => void {
  let query: MediaQueryList | undefined
  const onChange = () => {
    query?.removeEventListener('change', onChange)
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
    query.addEventListener('change', onChange)
    listener()
  }
  query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
  query.addEventListener('change', onChange)
  return () => query?.removeEventListener('change', onChange)
}

function nameShare(share: number): string {
  if (share === 0) return CANVAS_STRINGS.nothingMasked
  return share < 0.01 ? CANVAS_STRINGS.maskedLittle : CANVAS_STRINGS.masked(formatShare(share))
}
