import { toCommonFields } from '../edit-options.ts'
import { uploadOptionalMask } from '../upload.ts'
import { toPictureFields, type EditKindCommand } from './edit-kind.ts'

export const vary: EditKindCommand = {
  kind: 'vary',
  findMissing: () => undefined,
  async makeRequest(session, { imageId, image }, options) {
    const mask = await uploadOptionalMask(session, options.mask, image.bounds)
    const { strength } = options
    return { kind: 'vary', image: imageId, mask, strength, ...toPictureFields(options), ...toCommonFields(options, options.prompt) }
  },
}
