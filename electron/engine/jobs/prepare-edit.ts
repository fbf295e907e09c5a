import type { EditRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import type { ImageId, TileImage } from '../../api/images.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import type { EditInputs, PlannedEdit } from '../edits/edit.ts'
import { fillAndPlan, inputsOf } from '../edits/edits.ts'
import { readMaskCoverage } from '../edits/mask-coverage.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { coverWhole } from '../pictures/whole-mask.ts'
import type { InstalledPack } from '../packs/found-packs.ts'
import type { PackLibrary } from '../packs/packs.ts'

/** A request with all that it names, ready to run. */
export interface PreparedEdit {
  readonly installed: InstalledPack
  /** With every default filled in. */
  readonly request: EditRequest
  readonly planned: PlannedEdit
  readonly inputs: EditInputs
  readonly picture: TileImage | null
  readonly mask: TileImage | null
}

/** Throws all that can be wrong with a request, before anything is queued. */
export async function prepareEdit(
  { packs, images }: { packs: PackLibrary; images: ImageStore },
  asked: EditRequest,
): Promise<PreparedEdit> {
  const installed = await packs.findFor(asked.kind, asked.packId)
  const { image, mask } = await readInputs(images, inputsOf(asked))
  const coverage = image && mask ? await readMaskCoverage(images, mask, image.bounds) : undefined
  const { request, planned } = fillAndPlan(asked, image ? { bounds: image.bounds, mask: coverage } : undefined, installed.pack)
  return { installed, request, planned, inputs: inputsOf(request), picture: image, mask }
}

/** Throws `not-found` and `invalid-request`. */
export async function readInputs(images: ImageStore, { image: imageId, mask: maskId, isWholeWithoutMask }: EditInputs) {
  const image = imageId === null ? null : await readPicture(images, imageId)
  if (image && maskId === null && isWholeWithoutMask) return { image, mask: await coverWhole(images, image.bounds) }
  const mask = maskId === null ? null : await images.get(maskId)
  if (mask && mask.format !== 'mask8') throw new EngineError('invalid-request', EDIT_ERRORS.notAMask)
  return { image, mask }
}

export async function readPicture(images: ImageStore, imageId: ImageId): Promise<TileImage> {
  const image = await images.get(imageId)
  if (image.format === 'mask8') throw new EngineError('invalid-request', EDIT_ERRORS.notAPicture)
  return image
}

/** Decode steps of one candidate; small windows may need fewer. */
export function countPlannedSteps({ plan }: PlannedEdit): number {
  return plan.passes.reduce((sum, { stepCount }) => sum + stepCount, 0)
}
