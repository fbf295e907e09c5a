import { toCommonFields } from '../edit-options.ts'
import { uploadMask } from '../upload.ts'
import { toPictureFields, type EditKindCommand } from './edit-kind.ts'

export const outpaint: EditKindCommand = {
  kind: 'outpaint',
  findMissing: ({ extend }) => (extend === undefined ? '--extend' : undefined),
  async makeRequest(session, { imageId, image }, options) {
    const { x, y, width, height } = image.bounds
    const { left, top, right, bottom } = options.extend ?? { left: 0, top: 0, right: 0, bottom: 0 }
    const frame = { x: x - left, y: y - top, width: width + left + right, height: height + top + bottom }
    const mask = options.mask === undefined ? null : await uploadMask(session, options.mask, image.bounds)
    return { kind: 'outpaint', image: imageId, frame, mask, ...toPictureFields(options), ...toCommonFields(options, options.prompt) }
  },
}
