import type { Session } from '../../models/runtime/session.ts'

/**
 * A graph on a graphics card. One that is too large for the card, or has something in it that the card cannot do, is opened on
 * the processor instead, also where that shows only when it is run.
 *
 * @param onFallback  called once, with what the card's driver said.
 */
export async function openCardSession(
  openOnCard: () => Promise<Session>, openOnProcessor: () => Promise<Session>, onFallback: (thrown: unknown) => void,
): Promise<Session> {
  let isOnCard = true
  const fallBack = (thrown: unknown) => {
    isOnCard = false
    onFallback(thrown)
    return openOnProcessor()
  }
  let session = await openOnCard().catch(fallBack)
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds) {
      try {
        return await session.run(feeds)
      } catch (thrown) {
        if (!isOnCard) throw thrown
        await session.dispose()
        session = await fallBack(thrown)
        return session.run(feeds)
      }
    },
    dispose: () => session.dispose(),
  }
}
