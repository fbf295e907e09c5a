import type { EditRequestInput } from '../../api/edits.ts'
import type { ImportedImage } from '../../api/images.ts'
import type { EditOptions } from '../edit-options.ts'
import type { EngineSession } from '../engine-session.ts'
import type { Extension } from '../option-parsers.ts'

export interface PictureEditOptions extends EditOptions {
  readonly prompt: string
  readonly mask?: string
  readonly extend?: Extension
  readonly strength?: number
  readonly rounds?: number
  readonly share?: number
  readonly from?: string
  /** In percent. */
  readonly budget?: number
  readonly spread: number
  readonly subject?: string
  readonly subjectWords?: string
  readonly surroundings?: number
  readonly detail: boolean
  /** true = as wide as a token cell. */
  readonly edgeBand?: number | true
  readonly colourMatch: boolean
}

/** The fields that all requests to edit a picture share. */
export function toPictureFields({ surroundings, detail, edgeBand, colourMatch }: PictureEditOptions) {
  return {
    surroundings: surroundings ?? null,
    isDetailed: detail,
    edgeBand: edgeBand === true ? null : (edgeBand ?? 0),
    isColourMatched: colourMatch,
  }
}

/** One `--kind` of the edit command. */
export interface EditKindCommand {
  readonly kind: string
  /** The option it cannot do without, if that is not there. */
  findMissing(options: PictureEditOptions): string | undefined
  makeRequest(session: EngineSession, picture: ImportedImage, options: PictureEditOptions): Promise<EditRequestInput>
}
