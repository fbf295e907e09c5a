import { findJoin, type Composition } from '../../api/compositions.ts'
import { EngineError } from '../../api/errors.ts'
import type { BlobHash, ImageId } from '../../api/images.ts'
import type { Job } from '../../api/jobs.ts'
import { EDIT_ERRORS, JOB_ERRORS } from '../../api/strings/jobs.ts'
import { findTouchedCells, type Crop } from '../../api/token-cells.ts'
import { MASK_TOKEN } from '../../../models/runtime/masked-transformer.ts'
import { readTokens, writeTokens } from '../../../models/runtime/kept-tokens.ts'
import type { TokenGrid } from '../../../models/runtime/vq-tokenizer.ts'
import { composeTokens } from '../../../models/sampling/compose-tokens.ts'
import { readMaskCoverage } from '../edits/mask-coverage.ts'
import { stageCanvas, type CanvasSize } from '../edits/pack-geometry.ts'
import { stepOf } from './kept-trail.ts'
import { prepareEdit, type EditTools } from './prepare-edit.ts'
import { wordsOf } from './read-start.ts'

/**
 * The tokens that a run begins with in order to settle candidates of a job painted over each other: the join is masked.
 *
 * @returns the blob, for a request's `start` at step 0.
 * Throws EngineError `not-found` for a candidate that is not there, `invalid-request` for cells that meet at no join.
 */
export async function composeCandidates(tools: EditTools, job: Job, { base, painted }: Composition): Promise<BlobHash> {
  const { planned: { plan, crop }, installed: { pack } } = await prepareEdit(tools, job.request)
  const canvases = pack.stages.map((_, stage) => stageCanvas(plan, stage, pack))
  const indexes = [base, ...painted.map(({ index }) => index)]
  const candidates = await Promise.all(indexes.map((index) => readCandidate(tools, job, index, canvases)))
  const sources = new Uint8Array(plan.rows * plan.columns)
  for (const [i, part] of painted.entries()) {
    const cells = 'cells' in part ? part.cells : await listTouched(tools, part.mask, crop)
    for (const cell of cells) if (cell < sources.length) sources[cell] = i + 1
  }
  // A candidate named twice is one: its cells meet without a join.
  const places = Uint8Array.from(sources, (source) => indexes.indexOf(indexes[source]!))
  const composed = composeTokens(plan, candidates, places, findJoin(plan, places))
  if (!composed.some(({ tokens }) => tokens.includes(MASK_TOKEN))) throw new EngineError('invalid-request', EDIT_ERRORS.noJoin)
  const written = writeTokens(...composed.map(({ tokens }) => tokens))
  return tools.blobs.put(new Uint8Array(written.buffer))
}

async function listTouched({ images }: EditTools, maskId: ImageId, crop: Crop): Promise<number[]> {
  const mask = await images.get(maskId)
  if (mask.format !== 'mask8') throw new EngineError('invalid-request', EDIT_ERRORS.notAMask)
  const coverage = await readMaskCoverage(images, mask, mask.bounds)
  return [...findTouchedCells(crop, (cell) => coverage?.isAnyMasked(cell) ?? false)].flatMap((touched, cell) => (touched === 1 ? [cell] : []))
}

/** One grid a stage. */
async function readCandidate({ blobs }: EditTools, job: Job, index: number, canvases: readonly CanvasSize[]): Promise<TokenGrid[]> {
  const candidate = job.candidates.find((one) => one.index === index)
  if (candidate === undefined) throw new EngineError('not-found', JOB_ERRORS.unknownCandidate, { details: { jobId: job.id, index } })
  const { trail } = candidate
  if (trail === undefined) throw new EngineError('not-found', JOB_ERRORS.noTrail, { details: { jobId: job.id, index } })
  const { kept } = stepOf({ ...trail, tokens: wordsOf(await blobs.get(trail.blob)) }, trail.stepCount)
  // Of one that was stopped early, the last step says less than what was drawn of it at once.
  const finest = wordsOf(await blobs.get(candidate.tokens))
  kept.set(finest, kept.length - finest.length)
  let first = 0
  return canvases.map(({ rows, columns }) => {
    const tokens = readTokens(kept.slice(first, (first += rows * columns)))
    return { rows, columns, tokens }
  })
}
