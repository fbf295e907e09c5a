/** What is told of measured likelihoods. */
export const ANALYSIS_ERRORS = {
  unknown: 'There is no such analysis.',
  notDone: 'This analysis has no result yet.',
}

export const ANALYSIS_STRINGS = {
  wordsEqual: 'The old and the new words say the same. Change one of them.',
  nothingFalls: 'The model finds nothing that speaks against the new words. Paint what is to change yourself.',
}
