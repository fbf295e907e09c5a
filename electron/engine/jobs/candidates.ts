import type { EditRequest } from '../../api/edits.ts'
import type { PixelRect } from '../../api/geometry.ts'
import { cellAt } from '../../api/pins.ts'
import { cropRect } from '../../api/token-cells.ts'
import type { InferenceEvent, RgbRaster } from '../../api/inference.ts'
import type { ImageId, TileImage } from '../../api/images.ts'
import type { Candidate, Job, Receipt } from '../../api/jobs.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import { blendPatch, type BlendingTools, type WrittenArea } from '../blending/blend.ts'
import { enlargePicture } from '../blending/enlarge-picture.ts'
import type { BlobStore } from '../storage/blob-store.ts'
import { requestOf } from './candidate-request.ts'
import type { KeptTrail } from './kept-trail.ts'
import type { PreparedEdit } from './prepare-edit.ts'
import { readImages, readPicture } from './prepare-edit.ts'
import type { EditInputs } from '../edits/edit.ts'
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

/** Blends what the model drew into the picture and keeps both. */
export async function makeCandidate(
  tools: CandidateTools,
  { installed, request, picture, mask, inputs, planned: { crop } }: PreparedEdit,
  trail: KeptTrail | undefined,
  index: number,
  { raster, tokens, pins, likelihood, similarity, stepCount, seconds, isPartial }: Result,
): Promise<Candidate> {
  const { enlargement } = inputs
  const { image, receipt } = enlargement !== undefined && picture !== null
    ? { image: await enlargePicture(tools, picture, enlargement, cropRect(crop), raster), receipt: null }
    : await blendPatch(tools, picture, writtenArea(inputs, mask, crop.cellSize), cropRect(crop), raster)
  const [imageId, patch, tokenBlob, keptTrail] = await Promise.all([
    tools.images.put(image),
    tools.blobs.put(raster.data),
    tools.blobs.put(bytesOf(tokens)),
    trail && tools.blobs.put(bytesOf(trail.tokens)),
  ])
  // With what was pinned while it formed: the recipe alone makes it again.
  const pinned = pins.map(({ position, token, step }) => ({ ...cellAt(crop, position), token, step }))
  return {
    index,
    recipe: recipeOf(installed.pack, pinned.length > 0 ? { ...request, pins: pinned } : request, index),
    imageId,
    bounds: image.bounds,
    patch,
    patchSize: { width: raster.width, height: raster.height },
    tokens: tokenBlob,
    ...(trail && keptTrail && { trail: { blob: keptTrail, stepCount: trail.stepCount, rows: trail.rows, columns: trail.columns } }),
    receipt,
    scores: { similarity, likelihood },
    stepCount,
    isPartial,
    seconds,
  }
}

/** Around a subject something else is drawn: it takes up no colour of the subject's. */
function writtenArea(inputs: EditInputs, mask: TileImage | null, cellSize: number | undefined): WrittenArea {
  return { ...inputs, mask, comparedCellSize: inputs.isMaskInverted ? cellSize : undefined }
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function recipeOf(pack: Pack, request: EditRequest, index: number): Candidate['recipe'] {
  return {
    program: 'Remask',
    packId: pack.id,
    packVersion: pack.version,
    request: requestOf(request, index),
  }
}

/** Blends a candidate into another state of its picture. One that was drawn from nothing or enlarged is itself the picture. */
export async function placeCandidate(
  tools: CandidateTools,
  { request, cropRect, cellSize }: Job,
  candidate: Candidate,
  imageId: ImageId,
): Promise<PlacedCandidate> {
  const inputs = inputsOf(request)
  const isWhole = inputs.image === null || inputs.enlargement !== undefined
  if (isWhole || inputs.image === imageId || cropRect === null) {
    return { imageId: candidate.imageId, bounds: candidate.bounds, receipt: candidate.receipt }
  }
  const [picture, { mask }, data] = await Promise.all([
    readPicture(tools.images, imageId),
    readImages(tools.images, inputs),
    tools.blobs.get(candidate.patch),
  ])
  const patch: RgbRaster = { ...candidate.patchSize, data }
  const { image, receipt } = await blendPatch(tools, picture, writtenArea(inputs, mask, cellSize), cropRect, patch)
  return { imageId: await tools.images.put(image), bounds: image.bounds, receipt }
}
