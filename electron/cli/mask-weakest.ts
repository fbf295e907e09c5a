import { chooseWeakest } from '../api/cell-choice.ts'
import type { PixelRect } from '../api/geometry.ts'
import type { ImageId } from '../api/images.ts'
import { analyse, maskCells } from './analyse.ts'
import type { EngineSession } from './engine-session.ts'

interface WeakOptions {
  readonly prompt: string
  /** Of the measured cells, 0–1. */
  readonly share: number
  /** null = the pack in use. */
  readonly packId: string | null
}

/** The pixel mask of the cells of a picture that the model finds least likely under a prompt. */
export async function maskWeakest(
  session: EngineSession,
  { image, bounds }: { readonly image: ImageId; readonly bounds: PixelRect },
  { prompt, share, packId }: WeakOptions,
): Promise<ImageId> {
  const result = await analyse(session, { source: { kind: 'picture', image }, prompts: [prompt], packId })
  return maskCells(session, bounds, result, chooseWeakest(result.likelihoods[0] ?? [], share))
}
