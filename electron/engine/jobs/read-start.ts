import type { EditRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import { NO_TOKEN, readTokens } from '../../../models/runtime/kept-tokens.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import type { EditPlan } from '../../../models/sampling/edit-plan.ts'
import { lastStage } from '../edits/pack-geometry.ts'
import type { BlobStore } from '../storage/blob-store.ts'

/**
 * The plan with the tokens its request begins with.
 *
 * Throws EngineError `not-found`, and `invalid-request` for tokens that are not of this crop and pack.
 */
export async function addStart(blobs: BlobStore, { start }: EditRequest, plan: EditPlan, pack: Pack): Promise<EditPlan> {
  if (start === undefined) return plan
  const tokens = wordsOf(await blobs.get(start.tokens))
  if (!doTokensFit(tokens, plan, pack)) throw new EngineError('invalid-request', EDIT_ERRORS.startUnfit)
  return { ...plan, start: { tokens: readTokens(tokens), step: start.step } }
}

/** Two bytes each, little-endian as all machines are that this runs on. */
export function wordsOf(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(bytes.slice(0, bytes.length - (bytes.length % 2)).buffer)
}

function doTokensFit(tokens: Uint16Array, { rows, columns }: EditPlan, pack: Pack): boolean {
  let first = 0
  for (const { downsampleFactor, codebookSize } of pack.stages) {
    const ratio = downsampleFactor / lastStage(pack).downsampleFactor
    const own = tokens.subarray(first, (first += (rows / ratio) * (columns / ratio)))
    if (own.some((token) => token >= codebookSize && token !== NO_TOKEN)) return false
  }
  return first === tokens.length && tokens.includes(NO_TOKEN)
}
