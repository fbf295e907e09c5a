import { DEFAULT_WEAK_SHARE } from '../../api/analyses.ts'
import { canBeDetailed } from '../../api/images.ts'
import { toCommonFields } from '../edit-options.ts'
import { maskWeakest } from '../mask-weakest.ts'
import { toPictureFields, type EditKindCommand } from './edit-kind.ts'

/** Repaints the cells that the model finds least likely under the prompt. What it makes is a repaint: its recipe says so. */
export const fixWeak: EditKindCommand = {
  kind: 'fix-weak',
  findMissing: () => undefined,
  async makeRequest(session, { imageId, image }, options) {
    const { prompt, share = DEFAULT_WEAK_SHARE, pack: packId = null } = options
    const mask = await maskWeakest(session, { image: imageId, bounds: image.bounds }, { prompt, share, packId })
    // The weak cells lie scattered: one crop over all of them would make what is drawn coarser than the picture.
    const isDetailed = canBeDetailed(image.bounds)
    return { kind: 'inpaint', image: imageId, mask, ...toPictureFields(options), isDetailed, ...toCommonFields(options, prompt) }
  },
}
