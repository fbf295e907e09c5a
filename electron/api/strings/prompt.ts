import { formatCount, formatNumber, formatSeconds, formatSize } from './numbers.ts'

/** What Enter starts and why, in words beside the box: by the reason that follows from the canvas. */
export const EDIT_STRINGS = {
  'document-empty': { action: 'Create', button: 'Create', detail: null, placeholder: 'Describe a picture …' },
  'picture-created': {
    action: 'Create again',
    button: 'Again',
    detail: 'Paint over a part to change only that.',
    placeholder: 'Describe a picture …',
  },
  'picture-opened': {
    action: 'Create in a new document',
    button: 'Create',
    detail: 'To edit this one, paint over a part of it or drag the frame.',
    placeholder: 'Describe a new picture …',
  },
  'mask-painted': {
    action: 'Repaint',
    button: 'Repaint',
    detail: 'Only what you painted over changes.',
    placeholder: 'What should be there instead?',
  },
  'frame-beyond': { action: 'Extend', button: 'Extend', detail: 'The picture grows to the frame.', placeholder: 'What lies beyond the edge?' },
  'frame-beyond-and-mask': {
    action: 'Repaint and extend',
    button: 'Start',
    detail: 'What you painted over and what the frame adds, in one go.',
    placeholder: 'What should be there?',
  },
  'frame-beyond-and-inside': {
    action: 'Extend',
    button: 'Extend',
    detail: 'First the picture grows; the next Enter crops to the frame.',
    placeholder: 'What lies beyond the edge?',
  },
  'frame-inside': { action: 'Crop', button: 'Crop', detail: 'Only what lies in the frame stays.', placeholder: 'Enter crops to the frame' },
  'frame-inside-and-mask': {
    action: 'Crop',
    button: 'Crop',
    detail: 'The mask stays for the next Enter.',
    placeholder: 'Enter crops to the frame',
  },
} as const

export const PROMPT_STRINGS = {
  label: 'Prompt',
  start: 'Start',
  startHint: 'Enter starts, Shift + Enter makes a new line',
  unknownWord: (word: string) => `The model does not know “${word}”`,
  useInstead: 'Use instead',
  nothingNear: 'It has no word like it. Try another one.',
  unknownWords: (count: number) =>
    `The model does not know ${formatCount(count, { one: 'word', other: 'words' })}. Click an underlined one to see what it does know.`,
  cut: 'Too long: the crossed-out end is not read.',
  coarse: {
    repaint: (scale: number) => `Drawn ${formatNumber(scale)} times coarser than the picture. A smaller mask gets finer detail.`,
    extend: (scale: number) => `Drawn ${formatNumber(scale)} times coarser than the picture.`,
  },
  more: 'More',
  moreLabel: 'More settings',
  noPack: 'No model is installed, so nothing can be created. Painting, cropping and saving work.',
} as const

export const OPTION_STRINGS = {
  reset: (label: string) => `Reset ${label.toLowerCase()}`,
  auto: 'Auto',
  count: 'Candidates',
  countHint: 'How many results to choose from. Fewer are quicker.',
  size: 'Size',
  sizeHint: 'Of a new picture, in pixels.',
  sizeOption: (width: number, height: number) => formatSize(width, height),
  steps: 'Steps',
  stepsHint: 'In how many turns the picture forms. More is slower and often cleaner. Auto fits them to the mask.',
  guidance: 'Guidance',
  guidanceHint: 'How closely the words are followed. High values look harder.',
  negative: 'Leave out',
  negativeHint: 'What should not be in the picture.',
  negativePlaceholder: 'for example: text, fog',
  seed: 'Seed',
  seedHint: 'The number chance starts from. Locked, the same words give the same picture again.',
  seedRandom: 'A new one each time',
  copySeed: 'Copy seed',
  copied: 'Copied',
  lockSeed: 'Lock seed',
  unlockSeed: 'Use a new seed each time',
  guidanceValue: (value: number) => formatNumber(value, 1),
} as const

export const RUN_STRINGS = {
  phases: {
    waiting: 'Waiting for its turn',
    loading: 'Loading the model',
    encoding: 'Reading the picture',
    predicting: 'Forming',
    decoding: 'Finishing',
    ended: 'Done',
  },
  starting: 'Starting',
  step: (step: number, stepCount: number) => `Step ${formatNumber(step)} of ${formatNumber(stepCount)}`,
  secondsLeft: (seconds: number) => (seconds < 1 ? 'almost done' : `${formatSeconds(seconds)} left`),
  cancel: 'Stop',
  cancelHint: 'Stops within one step and discards what has formed.',
  keep: 'Keep what is there',
  keepHint: 'Stops now; what has formed becomes the candidates.',
  stopping: 'Stopping …',
  progressLabel: 'Progress of the run',
  interruptedTitle: 'A run was interrupted',
  interruptedDetail: 'Remask ended before it was done. Nothing else is lost.',
  failedTitle: 'The run failed',
  retry: 'Retry',
  dismiss: 'Dismiss',
} as const
