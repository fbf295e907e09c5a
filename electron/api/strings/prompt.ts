import { formatCount, formatNumber, formatSeconds, formatSize } from './numbers.ts'

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
  far: 'This small model was shown little like it and will draw the nearest thing it knows. A larger model, added under Models, knows more.',
  /** @param isMasked  whether painting less would help too. */
  coarse: (scale: number, isMasked: boolean) => {
    const remedy = isMasked ? 'A smaller mask, or Detail under More, gets it finer.' : 'Detail under More gets it finer.'
    return `Drawn ${formatNumber(scale)} times coarser than the picture. ${remedy}`
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
} as const

export const RUN_STRINGS = {
  about: (value: number) => `about ${value < 1 ? 'a second' : formatSeconds(value)}`,
  aboutHint: 'From how long it took on this computer before',
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
