import { toCommonFields } from '../edit-options.ts'
import { uploadOptionalMask } from '../upload.ts'
import { toPictureFields, type EditKindCommand } from './edit-kind.ts'

export const restyle: EditKindCommand = {
  kind: 'restyle',
  findMissing: ({ prompt, style }) => (prompt === '' && style === undefined ? '--style' : undefined),
  async makeRequest(session, { imageId, image }, options) {
    const mask = await uploadOptionalMask(session, options.mask, image.bounds)
    const { strength, rounds } = options
    return { kind: 'restyle', image: imageId, mask, strength, rounds, ...toPictureFields(options), ...toCommonFields(options, options.prompt) }
  },
}
