import { formatCount } from './numbers.ts'

/** When the engine does not answer. */
export const CONNECTION_STRINGS = {
  unreachable: 'Remask’s engine does not answer. Nothing is lost; it is tried again by itself.',
  reconnecting: 'Reconnecting to the engine …',
  reconnectingDetail: 'You can go on painting. What you do is kept and saved as soon as the engine answers.',
  unsaved: (count: number) => `${formatCount(count, { one: 'change is', other: 'changes are' })} not on disk yet.`,
  unsavedDetail: 'Leave this window open: what you do is kept here and written as soon as that works.',
  tryNow: 'Try now',
} as const
