import { DRAWING_OPTIONS, need, PICTURE_OPTIONS, type Edit } from './edit.ts'

/** What the frame adds, and what the mask covers where there is one. */
export const extend: Edit = {
  kind: 'outpaint',
  words: 'wanted',
  area: 'frame',
  // An extension shows half a grid of the picture, always.
  options: [...PICTURE_OPTIONS.filter((key) => key !== 'surroundings'), ...DRAWING_OPTIONS],
  mainOption: null,
  toRequest: ({ image, mask, frame }) => ({
    kind: 'outpaint',
    image: need(image, 'a picture'),
    mask,
    frame: need(frame, 'a frame'),
  }),
}
