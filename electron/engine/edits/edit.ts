import type { EditRequest } from '../../api/edits.ts'
import type { PixelRect } from '../../api/geometry.ts'
import type { ImageId } from '../../api/images.ts'
import type { Crop } from '../../api/token-cells.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import type { EditPlan } from '../../../models/sampling/edit-plan.ts'

/** Where a pixel mask is above 0, as far as it lies on the picture. */
export interface MaskCoverage {
  /** The smallest rectangle that holds all of it. */
  readonly bounds: PixelRect
  isAnyMasked(rect: PixelRect): boolean
}

/** What an edit knows of the picture it is made to: no pixels. */
export interface EditedPicture {
  readonly bounds: PixelRect
  /** undefined where there is no mask, or none of it lies on the picture. */
  readonly mask: MaskCoverage | undefined
}

export interface PlannedEdit {
  readonly crop: Crop
  readonly plan: EditPlan
}

/** What an edit is made to and where it writes, as far as its kind has it. */
export interface EditInputs {
  readonly image: ImageId | null
  /** Written in proportion to it. */
  readonly mask: ImageId | null
  /** Whether the mask covers what stays. Absent = it covers what changes. */
  readonly isMaskInverted?: boolean
  /** In image pixels: no edge of the mask is steeper. null = a token cell; absent = the mask is taken as it is. */
  readonly edgeBand?: number | null
  /** Whether no mask means that all of the picture may change. Absent = none of it. */
  readonly isWholeWithoutMask?: boolean
  /** Absent = what is drawn is matched in colour to what stays. */
  readonly isColourMatched?: boolean
  /** How many times as large as the picture the result is along a side. Absent = as large as the picture and the frame. */
  readonly enlargement?: number
  /** What of it lies beyond the picture is new and written fully. */
  readonly frame: PixelRect | null
}

/** A request whose pack's defaults are filled in. `steps` may still be null: then they scale with the mask. */
export type PreparedRequest<Request extends EditRequest> = Request & {
  readonly guidanceScale: number
  readonly guidanceRamp: 'constant' | 'linear'
}

/** As much of a pack as tells what can be done with it: known before it is installed. */
export type PackAbilities = Pick<Pack, 'edits' | 'stages' | 'takesReference'>

/** One kind of edit: pure functions from a request to a plan. Its own loop, session or blending would be a design error. */
export interface Edit<Request extends EditRequest> {
  /** Whether a pack has what it takes. Absent = every pack has. */
  isPossibleWith?(pack: PackAbilities): boolean
  /** @param request  filled. */
  inputs(request: Request): EditInputs
  /** Fills in what only this edit has defaults for. */
  fill(request: Request, pack: Pack): Request
  /**
   * @param picture  undefined where `inputs` names none.
   * Throws EngineError: `mask-empty`, `invalid-request`, `image-too-large`.
   */
  plan(request: PreparedRequest<Request>, picture: EditedPicture | undefined, pack: Pack): PlannedEdit
}
