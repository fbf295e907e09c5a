import { DRAWING_OPTIONS, need, type Edit } from './edit.ts'

/** What the frame adds, and what the mask covers where there is one. */
export const extend: Edit = {
  kind: 'outpaint',
  words: 'wanted',
  area: 'frame',
  options: DRAWING_OPTIONS,
  mainOption: null,
  toRequest: ({ image, mask, frame }) => ({
    kind: 'outpaint',
    image: need(image, 'a picture'),
    mask,
    frame: need(frame, 'a frame'),
  }),
}
