import { DRAWING_OPTIONS, need, PICTURE_OPTIONS, type Edit } from './edit.ts'

/** No words on either side of guidance: it has nothing to weigh. */
export const remove: Edit = {
  kind: 'remove',
  words: 'unread',
  area: 'mask',
  sharesOptionsOf: 'inpaint',
  options: [...PICTURE_OPTIONS, ...DRAWING_OPTIONS.filter((key) => key !== 'guidanceScale' && key !== 'guidanceRamp')],
  mainOption: null,
  toRequest: ({ image, mask }) => ({ kind: 'remove', image: need(image, 'a picture'), mask: need(mask, 'a mask') }),
}
