import { formatCount } from './numbers.ts'

export const ANALYSIS_ERRORS = {
  unknown: 'There is no such analysis.',
  notDone: 'This analysis has no result yet.',
}

const cells = (count: number) => formatCount(count, { one: 'cell', other: 'cells' })

/** What is told of measured likelihoods. */
export const ANALYSIS_STRINGS = {
  titles: { words: 'Mask from words', subject: 'What stays', likelihood: 'Likelihood map', surprises: 'Surprises' },
  hints: {
    words: 'Finds what in the picture fits the new words least, and proposes it as the mask.',
    subject: 'Say what stays: it is proposed as a mask that you can correct. Enter then draws anew all around it.',
    likelihood: 'Where it glows, the model would have expected something else. The weakest 5 % are outlined.',
    surprises: 'What the model would not expect beside the rest of the picture. Choose one to mask it.',
  },
  close: 'Close',
  cancel: 'Cancel',
  measuring: 'Measuring the picture',
  progress: (secondsLeft: number | null) =>
    secondsLeft === null ? 'Measuring…' : `Measuring · ${Math.ceil(secondsLeft)} s left`,
  measured: 'Measured.',
  from: 'What it shows now',
  fromHint: 'Such as “a cat on a chair”. Empty: the model’s own guess.',
  to: 'What it shall show',
  subject: 'What stays',
  subjectHint: 'Such as “a red house”.',
  subjectMissing: 'Say what stays, or paint over it.',
  subjectBudget: 'Covers at most',
  subjectNotFound: 'The model does not find that in the picture. Use other words, or paint over what stays.',
  budget: 'Change at most',
  spread: 'Spread',
  cells,
  find: 'Find',
  useAsMask: 'Use as mask',
  likely: 'Expected',
  unlikely: 'Unlikely',
  mean: (mean: string) => `Mean log-likelihood: ${mean}`,
  fixWeak: 'Fix the weak 5 %',
  noSpots: 'Nothing in this picture surprises the model.',
  spot: (number: number, cellCount: number) => `${number} · ${cells(cellCount)}`,
  spotCount: (count: number) => `${formatCount(count, { one: 'surprise', other: 'surprises' })} found.`,
  words: 'The words: point at one to see where it mattered',
  wordMattered: (word: string) => `Where “${word}” mattered`,
  wordsEqual: 'The old and the new words say the same. Change one of them.',
  nothingFalls: 'The model finds nothing that speaks against the new words. Paint what is to change yourself.',
}
