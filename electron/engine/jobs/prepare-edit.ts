import { MAX_EDGE_BAND, type EditRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import type { ImageId, TileImage } from '../../api/images.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import type { EditInputs, PlannedEdit } from '../edits/edit.ts'
import { fillAndPlan, inputsOf } from '../edits/edits.ts'
import { readMaskCoverage } from '../edits/mask-coverage.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { coverWhole, invertMask, softenMask } from '../pictures/derived-masks.ts'
import type { InstalledPack } from '../packs/found-packs.ts'
import type { PackLibrary } from '../packs/packs.ts'
import type { BlobStore } from '../storage/blob-store.ts'
import { addStart } from './read-start.ts'

/** A request with all that it names, ready to run. */
export interface PreparedEdit extends EditedImages {
  readonly installed: InstalledPack
  /** With every default filled in. */
  readonly request: EditRequest
  readonly planned: PlannedEdit
  readonly inputs: EditInputs
}

export interface EditTools {
  readonly packs: PackLibrary
  readonly images: ImageStore
  readonly blobs: BlobStore
}

/** Throws all that can be wrong with a request, before anything is queued. */
export async function prepareEdit(tools: EditTools, asked: EditRequest): Promise<PreparedEdit> {
  if (!('edgeBand' in asked) || asked.edgeBand !== null) return prepareFilled(tools, asked)
  const unwidened = await prepareFilled(tools, { ...asked, edgeBand: 0 })
  return prepareFilled(tools, { ...asked, edgeBand: Math.min(unwidened.planned.crop.cellSize, MAX_EDGE_BAND) })
}

async function prepareFilled({ packs, images, blobs }: EditTools, asked: EditRequest): Promise<PreparedEdit> {
  const installed = await packs.findFor(asked.kind, asked.packId)
  const { picture, mask } = await readImages(images, inputsOf(asked))
  const coverage = picture && mask ? await readMaskCoverage(images, mask, picture.bounds) : undefined
  const known = picture ? { bounds: picture.bounds, mask: coverage } : undefined
  const { request, planned } = fillAndPlan(asked, known, installed.pack)
  const plan = await addStart(blobs, request, planned.plan, installed.pack)
  return { installed, request, planned: { ...planned, plan }, inputs: inputsOf(request), picture, mask }
}

/** The picture and its mask as they are written to. */
export interface EditedImages {
  readonly picture: TileImage | null
  readonly mask: TileImage | null
}

/** Throws `not-found`, `invalid-request` and `mask-empty`. */
export async function readImages(images: ImageStore, inputs: EditInputs): Promise<EditedImages> {
  const picture = inputs.image === null ? null : await readPicture(images, inputs.image)
  if (inputs.mask === null) {
    return { picture, mask: picture && inputs.isWholeWithoutMask ? await coverWhole(images, picture.bounds) : null }
  }
  const painted = await images.get(inputs.mask)
  if (painted.format !== 'mask8') throw new EngineError('invalid-request', EDIT_ERRORS.notAMask)
  if (picture === null) return { picture, mask: painted }
  const mask = inputs.isMaskInverted ? await invertMask(images, painted, picture.bounds) : painted
  if (mask === undefined) throw new EngineError('mask-empty', EDIT_ERRORS.subjectEmpty)
  return { picture, mask: inputs.edgeBand ? await softenMask(images, mask, picture.bounds, inputs.edgeBand) : mask }
}

export async function readPicture(images: ImageStore, imageId: ImageId): Promise<TileImage> {
  const image = await images.get(imageId)
  if (image.format === 'mask8') throw new EngineError('invalid-request', EDIT_ERRORS.notAPicture)
  return image
}
