import type { EditRequestInput } from '../../electron/api/edits.ts'
import type { Edit, EditOptions, EditTarget } from '../document/edits/edit.ts'
import type { RunOptions } from '../engine/editor-store.ts'

export interface RequestWords {
  readonly prompt: string
  /** null = the one that is chosen in the settings. */
  readonly packId: string | null
}

/** The request of an edit that asks a model: what it is made to, the words, and what was chosen under *More*. */
export function buildRequest(
  edit: Edit,
  target: EditTarget,
  { prompt, packId }: RequestWords,
  options: RunOptions,
  editOptions: EditOptions,
): EditRequestInput {
  const { count, negativePrompt, seed, isSeedLocked } = options
  // One kept of an older version may be none of this edit's any more.
  const own = Object.fromEntries(edit.options.map((key) => [key, editOptions[key]]).filter(([, value]) => value !== undefined))
  return {
    ...edit.toRequest(target),
    ...own,
    packId,
    prompt: prompt.trim(),
    negativePrompt: negativePrompt.trim(),
    count,
    seed: isSeedLocked ? seed : null,
  }
}
