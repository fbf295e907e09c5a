import type { Edit } from './edit.ts'

/** A command, not an edit of a model: it is offered where edits are because Enter does it. */
export const crop: Edit = {
  kind: null,
  words: 'unread',
  area: 'none',
  options: [],
  mainOption: null,
  toRequest: () => {
    throw new RangeError('cropping asks no model')
  },
}
