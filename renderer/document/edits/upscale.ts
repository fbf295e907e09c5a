import { DRAWING_OPTIONS, need, type Edit } from './edit.ts'

/** Twice the size, with details that the pack's last transformer draws. */
export const upscale: Edit = {
  kind: 'upscale',
  words: 'wanted',
  area: 'picture',
  options: DRAWING_OPTIONS,
  mainOption: null,
  toRequest: ({ image }) => ({ kind: 'upscale', image: need(image, 'a picture') }),
}
