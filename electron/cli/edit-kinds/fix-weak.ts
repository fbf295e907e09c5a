import { chooseWeakest } from '../../api/cell-choice.ts'
import { DEFAULT_WEAK_SHARE } from '../../api/analyses.ts'
import { analyse, maskCells } from '../analyse.ts'
import { toCommonFields } from '../edit-options.ts'
import type { EditKindCommand } from './edit-kind.ts'

/** Repaints the cells that the model finds least likely under the prompt. What it makes is a repaint: its recipe says so. */
export const fixWeak: EditKindCommand = {
  kind: 'fix-weak',
  findMissing: () => undefined,
  async makeRequest(session, { imageId, image }, options) {
    const source = { kind: 'picture', image: imageId } as const
    const result = await analyse(session, { source, prompts: [options.prompt], packId: options.pack ?? null })
    const cells = chooseWeakest(result.likelihoods[0] ?? [], options.share ?? DEFAULT_WEAK_SHARE)
    const mask = await maskCells(session, image.bounds, result, cells)
    return { kind: 'inpaint', image: imageId, mask, ...toCommonFields(options, options.prompt) }
  },
}
