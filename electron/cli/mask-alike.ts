import { EngineError } from '../api/errors.ts'
import type { ImageId, ImportedImage } from '../api/images.ts'
import { findAlike, measureCodes } from '../api/likeness.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { cellUnder } from '../api/token-cells.ts'
import { maskCells } from './analyse.ts'
import { readRaw, type EngineSession } from './engine-session.ts'
import { findPack } from './find-pack.ts'

/** In image pixels. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** Masks the cells whose code is the one at some of the places, or near it. Throws EngineError `invalid-request`. */
export async function maskAlike(
  session: EngineSession, { imageId, image }: ImportedImage, places: readonly Place[], threshold: number, packId: string | null,
): Promise<ImageId> {
  const { id } = await findPack(session, packId)
  const answers = [`pictures/${imageId}`, 'codebook'].map((path) => readRaw(session.fetch(`/api/tokens/${id}/${path}`)))
  const [picture, codebook] = await Promise.all(answers)
  const crop = {
    x: picture!.number('x'), y: picture!.number('y'), cellSize: picture!.number('cell-size'), rows: picture!.number('rows'), columns: picture!.number('columns'),
  }
  const tokens = new Uint16Array(picture!.bytes)
  const vectors = { width: codebook!.number('width'), vectors: new Float32Array(codebook!.bytes) }
  const distances = places.map(({ x, y }) => {
    const { bounds } = image
    const isInside = x < bounds.width && y < bounds.height
    if (!isInside) throw new EngineError('invalid-request', STRINGS.noSuchPlace(x, y))
    return measureCodes(vectors, tokens[cellUnder(crop, { x: bounds.x + x, y: bounds.y + y })!]!)
  })
  const cells = [...findAlike(tokens, distances, threshold)].flatMap((alike, cell) => (alike === 1 ? [cell] : []))
  return maskCells(session, image.bounds, { crop, likelihoods: [] }, cells)
}
