/** Counts the requests that write, so that the clean-up does not run beside them. */
export interface Activity {
  readonly isBusy: () => boolean
  during<T>(write: () => Promise<T>): Promise<T>
}

export function createActivity(): Activity {
  let inFlightCount = 0
  return {
    isBusy: () => inFlightCount > 0,
    async during(write) {
      inFlightCount++
      try {
        return await write()
      } finally {
        inFlightCount--
      }
    },
  }
}
