import { DRAWING_OPTIONS, need, PICTURE_OPTIONS, type Edit } from './edit.ts'

export const restyle: Edit = {
  kind: 'restyle',
  words: 'needed',
  area: 'mask',
  takesStyles: true,
  options: ['strength', 'rounds', ...PICTURE_OPTIONS, ...DRAWING_OPTIONS],
  mainOption: 'strength',
  toRequest: ({ image, mask }) => ({ kind: 'restyle', image: need(image, 'a picture'), mask }),
}
