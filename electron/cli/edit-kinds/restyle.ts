import { toCommonFields } from '../edit-options.ts'
import { uploadOptionalMask } from '../upload.ts'
import type { EditKindCommand } from './edit-kind.ts'

export const restyle: EditKindCommand = {
  kind: 'restyle',
  findMissing: ({ prompt }) => (prompt === '' ? '--prompt' : undefined),
  async makeRequest(session, { imageId, image }, options) {
    const mask = await uploadOptionalMask(session, options.mask, image.bounds)
    const { strength, rounds } = options
    return { kind: 'restyle', image: imageId, mask, strength, rounds, ...toCommonFields(options, options.prompt) }
  },
}
