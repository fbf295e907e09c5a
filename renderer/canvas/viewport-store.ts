import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PixelRect, PixelSize } from '../../electron/api/geometry.ts'
import type { ToolId } from './tools/tool.ts'
import { clampZoom, fitTo, type Insets, keepInSight, panBy, type ScreenPoint, type Viewport, zoomAt } from './viewport.ts'

export const MIN_BRUSH_SIZE = 1
export const MAX_BRUSH_SIZE = 1000
/** One press of `[` or `]`, and one zoom key: a ratio, so that steps feel equal at every size. */
const BRUSH_STEP = 1.2
const ZOOM_STEP = 1.25

export interface ViewportState extends Viewport {
  /** What "fit" shows and panning keeps in sight: picture and frame together, or the empty page. Set by the canvas. */
  readonly content: PixelRect
  /** Panels that lie over the canvas: what is fitted stays clear of them. */
  readonly insets: Insets
  /** True until the user zooms or pans: then resizing the window keeps the picture fitted. */
  readonly isFitted: boolean
  readonly tool: ToolId
  /** Diameter in image pixels, 1–1000. */
  readonly brushSize: number
  /** 0 = soft from the middle, 1 = hard edge. */
  readonly brushHardness: number
  readonly isPressureUsed: boolean
  readonly isMaskVisible: boolean
  readonly areCellsVisible: boolean
}

/** What is kept of the last session; see `DocumentView` for zoom, centre and tool. */
export type InitialView = Partial<
  Pick<ViewportState, 'zoom' | 'centre' | 'tool' | 'brushSize' | 'brushHardness' | 'isPressureUsed' | 'isMaskVisible' | 'areCellsVisible'>
>

/** At least one pixel more or less: small brushes move too. */
function largerBrush(size: number): number {
  return Math.max(size + 1, size * BRUSH_STEP)
}
function smallerBrush(size: number): number {
  return Math.min(size - 1, size / BRUSH_STEP)
}

export interface ViewportActions {
  selectTool(tool: ToolId): void
  zoomIn(): void
  zoomOut(): void
  /** @param anchor  stays where it is; the middle of the canvas by default. */
  zoomTo(zoom: number, anchor?: ScreenPoint): void
  zoomBy(factor: number, anchor?: ScreenPoint): void
  /** One image pixel on one screen pixel. */
  showActualSize(): void
  fit(): void
  panBy(dxScreen: number, dyScreen: number): void
  enlargeBrush(): void
  shrinkBrush(): void
  setBrush(brush: { size?: number; hardness?: number; isPressureUsed?: boolean }): void
  toggleMask(): void
  toggleCells(): void
  setInsets(insets: Insets): void
  /** For the canvas: its size in CSS pixels changed. */
  resizeCanvas(size: PixelSize): void
  /** For the canvas: what there is to see changed. */
  setContent(content: PixelRect): void
  /** For the canvas: along every pixel of the document there are `factor` now. What is seen stays as large and where it is. */
  rescale(factor: number): void
}

export type ViewportStore = Pick<StoreApi<ViewportState>, 'getState' | 'getInitialState' | 'subscribe'> & ViewportActions

const INITIAL_STATE: ViewportState = {
  zoom: 1,
  centre: { x: 0, y: 0 },
  canvasSize: { width: 0, height: 0 },
  content: { x: 0, y: 0, width: 1, height: 1 },
  insets: { top: 0, right: 0, bottom: 0, left: 0 },
  isFitted: true,
  tool: 'brush',
  brushSize: 64,
  brushHardness: 0.8,
  isPressureUsed: true,
  isMaskVisible: true,
  areCellsVisible: true,
}

/** Zoom, position, tool and brush of one window: what is not the document's and not undoable. */
export function createViewportStore(initial: InitialView = {}): ViewportStore {
  const store = createStore<ViewportState>(() => ({ ...INITIAL_STATE, isFitted: initial.zoom === undefined, ...initial }))
  const middle = (): ScreenPoint => {
    const { width, height } = store.getState().canvasSize
    return { xScreen: width / 2, yScreen: height / 2 }
  }
  const show = (viewport: Viewport) => {
    const { zoom, centre } = keepInSight(viewport, store.getState().content)
    store.setState({ zoom, centre, isFitted: false })
  }
  const fit = () => {
    const { zoom, centre } = fitTo(store.getState(), store.getState().content, store.getState().insets)
    store.setState({ zoom, centre, isFitted: true })
  }
  /** A change of the surroundings: what was fitted is fitted again. */
  const refit = (change: Partial<ViewportState>) => {
    store.setState(change)
    if (store.getState().isFitted) fit()
  }
  const zoomTo = (zoom: number, anchor = middle()) => show(zoomAt(store.getState(), zoom, anchor))
  const setBrushSize = (size: number) => {
    store.setState({ brushSize: Math.min(MAX_BRUSH_SIZE, Math.max(MIN_BRUSH_SIZE, Math.round(size))) })
  }
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    selectTool: (tool) => store.setState({ tool }),
    zoomTo,
    zoomBy: (factor, anchor) => zoomTo(store.getState().zoom * factor, anchor),
    zoomIn: () => zoomTo(store.getState().zoom * ZOOM_STEP),
    zoomOut: () => zoomTo(store.getState().zoom / ZOOM_STEP),
    showActualSize: () => zoomTo(1),
    fit,
    panBy: (dxScreen, dyScreen) => show(panBy(store.getState(), dxScreen, dyScreen)),
    enlargeBrush: () => setBrushSize(largerBrush(store.getState().brushSize)),
    shrinkBrush: () => setBrushSize(smallerBrush(store.getState().brushSize)),
    setBrush: ({ size, hardness, isPressureUsed }) => {
      if (size !== undefined) setBrushSize(size)
      if (hardness !== undefined) store.setState({ brushHardness: Math.min(1, Math.max(0, hardness)) })
      if (isPressureUsed !== undefined) store.setState({ isPressureUsed })
    },
    toggleMask: () => store.setState((state) => ({ isMaskVisible: !state.isMaskVisible })),
    toggleCells: () => store.setState((state) => ({ areCellsVisible: !state.areCellsVisible })),
    setInsets: (insets) => refit({ insets }),
    resizeCanvas: (canvasSize) => refit({ canvasSize }),
    setContent: (content) => refit({ content }),
    rescale: (factor) =>
      store.setState(({ zoom, centre }) => ({ zoom: clampZoom(zoom / factor), centre: { x: centre.x * factor, y: centre.y * factor } })),
  }
}
