import { formatAge, formatBytes, formatCount } from './numbers.ts'

/** The screen with the documents. */
export const START_SCREEN_STRINGS = {
  productName: 'Remask',
  headline: 'What would you like to see?',
  promptPlaceholder: 'Describe a picture …',
  promptLabel: 'Prompt for a new picture',
  create: 'Create',
  examples: 'Try one of these',
  or: 'or',
  openPicture: 'Open a picture',
  chosenPicture: 'the picture',
  openingPicture: (name: string) => `Opening ${name} …`,
  dropHint: 'You can also drop or paste one anywhere.',
  dropHere: 'Drop to open',
  documents: 'Your documents',
  documentCount: (count: number) => formatCount(count, { one: 'document', other: 'documents' }),
  newDocument: 'New document',
  noDocuments: 'What you make appears here by itself. There is no need to save.',
  loading: 'Loading documents …',
  untitled: 'Untitled',
  interrupted: 'A run was interrupted',
  details: (modifiedAt: string, bytes: number, now: number) => `${formatAge(modifiedAt, now)} · ${formatBytes(bytes)}`,
  open: (name: string) => `Open ${name}`,
  moreActions: (name: string) => `More for ${name}`,
  rename: 'Rename',
  nameLabel: 'Name of the document',
  duplicate: 'Duplicate',
  delete: 'Delete',
  deleteTitle: (name: string) => `Delete “${name}”?`,
  deleteDetail: (bytes: number) =>
    `Its pictures, history and candidates are removed from this computer (up to ${formatBytes(bytes)}). This cannot be undone.`,
  cancel: 'Keep it',
  deleted: (name: string) => `“${name}” was deleted`,
} as const

/** The model's progress line. */
export const MODEL_STRINGS = {
  loading: (percent: string) => `Loading the model … ${percent}`,
  loadingHint: 'You can paint and write meanwhile.',
  failed: 'The model could not be loaded.',
  retry: 'Try again',
  none: 'No model is installed.',
  /** @param other  the model that is used instead, if any. */
  broken: (name: string, problem: string, other: string | null) =>
    `“${name}” cannot be used. ${problem}${other === null ? '' : ` Until then “${other}” is used.`}`,
} as const

/** When a document cannot be shown. */
export const REFUSAL_STRINGS = {
  openElsewhereTitle: 'This document is open in another window',
  openElsewhereDetail:
    'A document can be changed in one window at a time, so that nothing is overwritten. Go on in the other window, or close it there.',
  waiting: 'It opens here as soon as it is closed there.',
  failedTitle: 'This document cannot be opened',
  tryAgain: 'Try again',
  openCopy: 'Open a copy',
  allDocuments: 'All documents',
  opening: 'Opening …',
} as const
