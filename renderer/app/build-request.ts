import type { EditRequestInput } from '../../electron/api/edits.ts'
import type { PixelRect } from '../../electron/api/geometry.ts'
import type { ImageId } from '../../electron/api/images.ts'
import type { WhichEdit } from '../document/which-edit.ts'
import type { RunOptions } from '../engine/editor-store.ts'

/** What of the document an edit is made to. */
export interface EditedImage {
  readonly image: ImageId
  readonly mask: ImageId | null
}

/**
 * The request of what Enter starts. Cropping is no request: no model is asked.
 *
 * @param edited  null where the edit makes a new picture.
 */
export function buildRequest(
  edit: Exclude<WhichEdit, { kind: 'crop' }>,
  prompt: string,
  options: RunOptions,
  packId: string | null,
  edited: EditedImage | null,
): EditRequestInput {
  const { count, size, steps, guidanceScale, negativePrompt, seed, isSeedLocked } = options
  const common = {
    packId,
    prompt: prompt.trim(),
    negativePrompt: negativePrompt.trim(),
    count,
    steps,
    guidanceScale,
    seed: isSeedLocked ? seed : null,
  }
  if (edited === null) return { kind: 'generate', size, ...common }
  if (edit.kind === 'extend') {
    const frame: PixelRect = edit.frame
    return { kind: 'outpaint', image: edited.image, mask: edited.mask, frame, ...common }
  }
  if (edited.mask === null) throw new RangeError('repainting needs a mask')
  return { kind: 'inpaint', image: edited.image, mask: edited.mask, ...common }
}
