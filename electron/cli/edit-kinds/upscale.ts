import { toCommonFields } from '../edit-options.ts'
import type { EditKindCommand } from './edit-kind.ts'

export const upscale: EditKindCommand = {
  kind: 'upscale',
  findMissing: () => undefined,
  async makeRequest(_session, { imageId }, options) {
    return { kind: 'upscale', image: imageId, ...toCommonFields(options, options.prompt) }
  },
}
