import { toCommonFields } from '../edit-options.ts'
import { uploadOptionalMask } from '../upload.ts'
import type { EditKindCommand } from './edit-kind.ts'

export const retouch: EditKindCommand = {
  kind: 'retouch',
  findMissing: ({ prompt }) => (prompt === '' ? '--prompt' : undefined),
  async makeRequest(session, { imageId, image }, options) {
    const mask = await uploadOptionalMask(session, options.mask, image.bounds)
    const { share } = options
    return { kind: 'retouch', image: imageId, mask, share, ...toCommonFields(options, options.prompt) }
  },
}
