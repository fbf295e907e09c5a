import { DRAWING_OPTIONS, need, type Edit } from './edit.ts'

export const restyle: Edit = {
  kind: 'restyle',
  words: 'needed',
  area: 'mask',
  options: ['strength', 'rounds', ...DRAWING_OPTIONS],
  mainOption: 'strength',
  toRequest: ({ image, mask }) => ({ kind: 'restyle', image: need(image, 'a picture'), mask }),
}
