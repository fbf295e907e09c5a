import { DRAWING_OPTIONS, need, PICTURE_OPTIONS, type Edit } from './edit.ts'

/** The mask says what stays. */
export const replaceBackground: Edit = {
  kind: 'replace-background',
  words: 'wanted',
  area: 'around-mask',
  options: [...PICTURE_OPTIONS.filter((key) => key !== 'surroundings'), ...DRAWING_OPTIONS],
  mainOption: null,
  toRequest: ({ image, mask }) => ({ kind: 'replace-background', image: need(image, 'a picture'), subject: need(mask, 'a mask') }),
}
