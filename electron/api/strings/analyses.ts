/** What is told of measured likelihoods. */
export const ANALYSIS_ERRORS = {
  unknown: 'There is no such analysis.',
  notDone: 'This analysis has no result yet.',
}
