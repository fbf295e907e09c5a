import { chooseWeakest } from '../../api/cell-choice.ts'
import { DEFAULT_WEAK_SHARE } from '../../api/analyses.ts'
import { canBeDetailed } from '../../api/images.ts'
import { analyse, maskCells } from '../analyse.ts'
import { toCommonFields } from '../edit-options.ts'
import { toPictureFields, type EditKindCommand } from './edit-kind.ts'

/** Repaints the cells that the model finds least likely under the prompt. What it makes is a repaint: its recipe says so. */
export const fixWeak: EditKindCommand = {
  kind: 'fix-weak',
  findMissing: () => undefined,
  async makeRequest(session, { imageId, image }, options) {
    const source = { kind: 'picture', image: imageId } as const
    const result = await analyse(session, { source, prompts: [options.prompt], packId: options.pack ?? null })
    const cells = chooseWeakest(result.likelihoods[0] ?? [], options.share ?? DEFAULT_WEAK_SHARE)
    const mask = await maskCells(session, image.bounds, result, cells)
    // The weak cells lie scattered: one crop over all of them would make what is drawn coarser than the picture.
    const isDetailed = canBeDetailed(image.bounds)
    return { kind: 'inpaint', image: imageId, mask, ...toPictureFields(options), isDetailed, ...toCommonFields(options, options.prompt) }
  },
}
