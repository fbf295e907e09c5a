import { DRAWING_OPTIONS, need, PICTURE_OPTIONS, type Edit } from './edit.ts'

/** Its order is chance's own: what is drawn anew each turn is drawn by lot. */
export const retouch: Edit = {
  kind: 'retouch',
  words: 'needed',
  area: 'mask',
  options: ['share', ...PICTURE_OPTIONS, ...DRAWING_OPTIONS.filter((key) => key !== 'decodingOrder')],
  mainOption: 'share',
  toRequest: ({ image, mask }) => ({ kind: 'retouch', image: need(image, 'a picture'), mask }),
}
