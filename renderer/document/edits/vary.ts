import { DRAWING_OPTIONS, need, PICTURE_OPTIONS, type Edit } from './edit.ts'

export const vary: Edit = {
  kind: 'vary',
  words: 'wanted',
  area: 'mask',
  options: ['strength', ...PICTURE_OPTIONS, ...DRAWING_OPTIONS],
  mainOption: 'strength',
  toRequest: ({ image, mask }) => ({ kind: 'vary', image: need(image, 'a picture'), mask }),
}
