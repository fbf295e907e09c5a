import { DRAWING_OPTIONS, type Edit } from './edit.ts'

/** A picture from words alone. In the same document or in a new one it is the same edit. */
export const create: Edit = {
  kind: 'generate',
  words: 'wanted',
  area: 'new-picture',
  options: DRAWING_OPTIONS,
  mainOption: null,
  toRequest: ({ size }) => ({ kind: 'generate', size }),
}
