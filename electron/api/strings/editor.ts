import { HISTORY_STRINGS, type HistoryLabel } from './history.ts'
import { formatNumber, formatPercent, formatShare } from './numbers.ts'

/** The bars around the canvas. */
export const EDITOR_STRINGS = {
  allDocuments: 'All documents',
  menu: 'Menu',
  rename: 'Rename document',
  nameLabel: 'Name of the document',
  save: 'Save as …',
  undo: (label: string | null) => (label === null ? 'Undo' : `Undo: ${label}`),
  redo: (label: string | null) => (label === null ? 'Redo' : `Redo: ${label}`),
  history: 'History',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomLevel: (zoom: number) => formatPercent(zoom),
  zoomMenu: 'Zoom',
  fit: 'Fit picture',
  actualSize: 'Actual size (100 %)',
  before: 'Hold to see before',
  saved: 'All changes are on disk',
  saving: 'Writing …',
  palette: 'All commands',
  dropPicture: 'Drop to open',
  pictureSize: (width: number, height: number) => `${formatNumber(width)} × ${formatNumber(height)}`,
} as const

export const TOOL_STRINGS = {
  tools: 'Tools',
  hints: {
    brush: 'Paint over what shall change.',
    eraser: 'Take paint off the mask.',
    rectangle: 'Drag a rectangle over what shall change. With Alt it takes away.',
    lasso: 'Draw around what shall change. With Alt it takes away.',
    frame: 'Drag it beyond the picture to extend, inside to crop.',
    pan: 'Move the view. Holding Space does the same with any tool.',
  },
  options: 'Tool options',
  size: 'Size',
  sizeValue: (pixels: number) => `${formatNumber(pixels)} px`,
  hardness: 'Hardness',
  hardnessValue: (share: number) => formatShare(share),
  pressure: 'Pen pressure sets the size',
  maskMenu: 'Mask',
  resetFrame: 'Reset frame',
  maskLoaded: 'The mask was loaded.',
  maskSaved: 'The mask was saved.',
  maskWork: (label: HistoryLabel, share: number) => `${HISTORY_STRINGS[label]}: ${formatShare(share)}`,
  maskWorkStopped: 'Cancelled. The mask is as it was.',
  maskWorkOutdated: 'The mask was changed meanwhile, so the larger change was given up.',
  cancel: 'Cancel',
  nothingMasked: 'There is no mask to save yet. Paint one first.',
} as const
