import { DRAWING_OPTIONS, need, PICTURE_OPTIONS, type Edit } from './edit.ts'

export const repaint: Edit = {
  kind: 'inpaint',
  words: 'wanted',
  area: 'mask',
  options: [...PICTURE_OPTIONS, ...DRAWING_OPTIONS],
  mainOption: null,
  toRequest: ({ image, mask }) => ({ kind: 'inpaint', image: need(image, 'a picture'), mask: need(mask, 'a mask') }),
}
