import { toCommonFields } from '../edit-options.ts'
import { DEFAULT_BUDGET, maskFromWords } from '../mask-from-words.ts'
import { uploadOptionalMask } from '../upload.ts'
import { toPictureFields, type EditKindCommand } from './edit-kind.ts'

/** With the words that the picture fits now, what they say is found, masked and repainted; without, Muse's own mask-free editing. */
export const retouch: EditKindCommand = {
  kind: 'retouch',
  findMissing: ({ prompt }) => (prompt === '' ? '--prompt' : undefined),
  async makeRequest(session, picture, options) {
    const { imageId, image } = picture
    const { share, from, budget = DEFAULT_BUDGET, spread, prompt } = options
    if (from !== undefined) {
      const words = { from, to: prompt, budget, spread, packId: options.pack ?? null }
      const proposed = await maskFromWords(session, picture, words)
      return { kind: 'inpaint', image: imageId, mask: proposed, ...toPictureFields(options), ...toCommonFields(options, prompt) }
    }
    const mask = await uploadOptionalMask(session, options.mask, image.bounds)
    return { kind: 'retouch', image: imageId, mask, share, ...toPictureFields(options), ...toCommonFields(options, options.prompt) }
  },
}
