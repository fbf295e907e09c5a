/** What a program of ours ends with, besides 0. */
export const EXIT_CODES = {
  failed: 1,
  badArguments: 2,
  /** Ended by Ctrl+C, as shells say it: 128 and the number of SIGINT. */
  interrupted: 130,
  /** The desktop program could not start for a reason it has shown; another host would meet the same. */
  failedAndSaid: 3,
} as const
