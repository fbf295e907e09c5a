import type { Receipt } from '../jobs.ts'
import { formatCount, formatShare } from './numbers.ts'

export const CANDIDATE_STRINGS = {
  tray: 'Candidates',
  hint: '1 – 4 accepts · arrows compare · Escape keeps the canvas',
  accept: 'Use this one',
  dismiss: 'Keep the canvas',
  before: 'Hold to see before',
  beforeShown: 'Before',
  name: (index: number) => `Candidate ${index + 1}`,
  forming: (index: number) => `Candidate ${index + 1}, forming`,
  waiting: (index: number) => `Candidate ${index + 1}, not begun`,
  partial: 'Stopped early',
  seed: (seed: number) => `Seed ${seed}`,
  copySeed: 'Copy this seed',
  orderedBy: {
    similarity: (place: number, count: number) => `${place === 0 ? 'Best match' : `Place ${place + 1}`} of ${count}: by how well it fits the words`,
    likelihood: (place: number, count: number) => `${place === 0 ? 'Best match' : `Place ${place + 1}`} of ${count}: by how sure the model is`,
  },
  steps: 'Steps',
  stepValue: (step: number, count: number) => `${step} / ${count}`,
  goOn: 'Go on from here',
  goOnHint: 'Draws the steps that are left under the words in the box, as a new run',
  receipt: ({ pixelCount, untouchedPixelCount }: Receipt) =>
    `${formatShare(untouchedPixelCount / pixelCount, 1)} of your picture untouched, checked`,
  receiptStray: (count: number) =>
    `${formatCount(count, { one: 'pixel', other: 'pixels' })} outside the mask changed. Please report this.`,
  receiptHint: 'Every byte of the new picture was compared with the old one.',
  ready: (count: number) =>
    `${formatCount(count, { one: 'candidate is', other: 'candidates are' })} ready. Press 1 to ${count} to use one, arrows to compare, Escape to keep the canvas.`,
  accepted: (index: number) => `Candidate ${index + 1} is now the picture.`,
  dismissed: 'The canvas stays as it is. The candidates stay in the history.',
  started: 'The run started.',
  failed: (message: string) => `The run failed. ${message}`,
  selected: (index: number, count: number) => `Candidate ${index + 1} of ${count} is shown.`,
} as const

export const HISTORY_PANEL_STRINGS = {
  title: 'History',
  close: 'Close history',
  empty: 'Every stroke and every edit is listed here and can be undone, even after a restart.',
  start: 'Start',
  current: 'Shown now',
  branch: 'Another way, left by undoing',
  /** A run whose candidates were not taken, or not yet. */
  run: (edit: string) => `Candidates: ${edit}`,
  jumpTo: (label: string) => `Go to: ${label}`,
  siblings: 'Other candidates',
  useSibling: (number: number, count: number) => `Use this other candidate instead (${number} of ${count})`,
} as const
