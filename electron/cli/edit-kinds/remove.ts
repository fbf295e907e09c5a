import { toCommonFields } from '../edit-options.ts'
import { uploadMask } from '../upload.ts'
import { toPictureFields, type EditKindCommand } from './edit-kind.ts'

export const remove: EditKindCommand = {
  kind: 'remove',
  findMissing: ({ mask }) => (mask === undefined ? '--mask' : undefined),
  async makeRequest(session, { imageId, image }, options) {
    const mask = await uploadMask(session, options.mask ?? '', image.bounds)
    return { kind: 'remove', image: imageId, mask, ...toPictureFields(options), ...toCommonFields(options, '') }
  },
}
