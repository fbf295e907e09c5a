import { MAX_SEED, type EditRequest } from '../../api/edits.ts'
import type { PixelRect } from '../../api/geometry.ts'
import type { InferenceEvent, RgbRaster } from '../../api/inference.ts'
import type { ImageId } from '../../api/images.ts'
import type { Candidate, Job, Receipt } from '../../api/jobs.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import { blendPatch, type BlendingTools } from '../blending/blend.ts'
import type { BlobStore } from '../storage/blob-store.ts'
import type { PreparedEdit } from './prepare-edit.ts'
import { readImages, readPicture } from './prepare-edit.ts'
import { inputsOf } from '../edits/edits.ts'

export interface CandidateTools extends BlendingTools {
  readonly blobs: BlobStore
}

export interface PlacedCandidate {
  readonly imageId: ImageId
  readonly bounds: PixelRect
  /** null where there was no picture before. */
  readonly receipt: Receipt | null
}

type Result = Extract<InferenceEvent, { type: 'result' }>

/** Candidate i is drawn from the job's seed + i, so that it equals a run of its own. */
export function seedOf(request: EditRequest, index: number): number {
  return ((request.seed ?? 0) + index) % (MAX_SEED + 1)
}

/** Blends what the model drew into the picture and keeps both. */
export async function makeCandidate(
  tools: CandidateTools,
  { installed, request, picture, mask, inputs }: PreparedEdit,
  cropRect: PixelRect,
  index: number,
  { raster, tokens, stepCount, seconds, isPartial }: Result,
): Promise<Candidate> {
  const { image, receipt } = await blendPatch(tools, picture, { ...inputs, mask }, cropRect, raster)
  const [imageId, patch, tokenBlob] = await Promise.all([
    tools.images.put(image),
    tools.blobs.put(raster.data),
    tools.blobs.put(new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength)),
  ])
  return {
    index,
    recipe: recipeOf(installed.pack, request, index),
    imageId,
    bounds: image.bounds,
    patch,
    patchSize: { width: raster.width, height: raster.height },
    tokens: tokenBlob,
    receipt,
    stepCount,
    isPartial,
    seconds,
  }
}

function recipeOf(pack: Pack, request: EditRequest, index: number): Candidate['recipe'] {
  return {
    program: 'Remask',
    packId: pack.id,
    packVersion: pack.version,
    request: { ...request, seed: seedOf(request, index), count: 1 },
  }
}

/** Blends a candidate into another state of its picture. One that was drawn from nothing is itself the picture. */
export async function placeCandidate(
  tools: CandidateTools,
  { request, cropRect }: Job,
  candidate: Candidate,
  imageId: ImageId,
): Promise<PlacedCandidate> {
  const inputs = inputsOf(request)
  if (inputs.image === null || inputs.image === imageId || cropRect === null) {
    return { imageId: candidate.imageId, bounds: candidate.bounds, receipt: candidate.receipt }
  }
  const [picture, { mask }, data] = await Promise.all([
    readPicture(tools.images, imageId),
    readImages(tools.images, inputs),
    tools.blobs.get(candidate.patch),
  ])
  const patch: RgbRaster = { ...candidate.patchSize, data }
  const { image, receipt } = await blendPatch(tools, picture, { ...inputs, mask }, cropRect, patch)
  return { imageId: await tools.images.put(image), bounds: image.bounds, receipt }
}
