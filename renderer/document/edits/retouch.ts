import { DRAWING_OPTIONS, need, type Edit } from './edit.ts'

/** Its order is chance's own: what is drawn anew each turn is drawn by lot. */
export const retouch: Edit = {
  kind: 'retouch',
  words: 'needed',
  area: 'mask',
  options: ['share', ...DRAWING_OPTIONS.filter((key) => key !== 'decodingOrder')],
  mainOption: 'share',
  toRequest: ({ image, mask }) => ({ kind: 'retouch', image: need(image, 'a picture'), mask }),
}
