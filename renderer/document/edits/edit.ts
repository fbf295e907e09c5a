import type {
  EditKind,
  EditRequestInput,
  InpaintRequest,
  RestyleRequest,
  RetouchRequest,
  VaryRequest,
} from '../../../electron/api/edits.ts'
import type { PixelRect, PixelSize } from '../../../electron/api/geometry.ts'
import type { ImageId } from '../../../electron/api/images.ts'

/** What can be chosen of an edit and is remembered for its kind. What is left out is as the request's and the pack's defaults say. */
export type EditOptions = Partial<
  Pick<InpaintRequest, (typeof DRAWING_OPTIONS)[number] | (typeof PICTURE_OPTIONS)[number]> &
    Pick<VaryRequest, 'strength'> &
    Pick<RestyleRequest, 'rounds'> &
    Pick<RetouchRequest, 'share'>
>
export type OptionKey = keyof EditOptions

/** What an edit is made to. */
export interface EditTarget {
  /** null where a new picture is made. */
  readonly image: ImageId | null
  readonly mask: ImageId | null
  /** Where the picture shall be; null = where it is. */
  readonly frame: PixelRect | null
  /** Of a new picture; null = the pack's. */
  readonly size: PixelSize | null
}

/** One thing that Enter may start. */
export interface Edit {
  /** The engine's edit; null where no model is asked. */
  readonly kind: EditKind | null
  /** `needed`: Enter asks for them first. `unread`: they change nothing. */
  readonly words: 'needed' | 'wanted' | 'unread'
  /**
   * Where it draws: a picture from nothing, what the frame adds, under the mask (all of the picture where there is none), all
   * but what is under the mask, all of the picture, or nowhere.
   */
  readonly area: 'new-picture' | 'frame' | 'mask' | 'around-mask' | 'picture' | 'none'
  /** The ones that matter most to it first. */
  readonly options: readonly OptionKey[]
  /** Stands in the prompt box itself, not under *More*. */
  readonly mainOption: OptionKey | null
  /** Whether the pack's styles can be put into its words. */
  readonly takesStyles?: true
  /** Another kind whose options are this one's too, because words turn one proposal into the other while they are typed. */
  readonly sharesOptionsOf?: EditKind
  /** Of the request, what says what is edited. */
  toRequest(target: EditTarget): EditRequestInput
}

/** How tokens are drawn, whatever the edit. */
export const DRAWING_OPTIONS = ['adapter', 'steps', 'guidanceScale', 'guidanceRamp', 'guidanceFrom', 'guidanceReuse', 'decodingOrder'] as const
/** How an edit of a picture looks at it and writes into it. */
export const PICTURE_OPTIONS = ['isDetailed', 'surroundings', 'edgeBand', 'isColourMatched'] as const

/** The kind under which an edit's options are remembered; null where it has none. */
export function optionsKindOf({ kind, sharesOptionsOf }: Edit): EditKind | null {
  return sharesOptionsOf ?? kind
}

/** Throws RangeError where an edit is asked for that the canvas does not offer. */
export function need<T>(value: T | null, name: string): T {
  if (value === null) throw new RangeError(`this edit needs ${name}`)
  return value
}
