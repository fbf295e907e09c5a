import type { EditRequestInput } from '../../electron/api/edits.ts'
import type { PackSummary } from '../../electron/api/packs.ts'
import type { EditId } from '../../electron/api/strings/edits.ts'
import { pictureOf } from '../document/document.ts'
import { optionsKindOf, type EditOptions } from '../document/edits/edit.ts'
import { EDITS } from '../document/edits/edits.ts'
import type { EditCanvas } from '../document/which-edit.ts'
import { uploadMask } from '../engine/mask-transfer.ts'
import { buildRequest } from './build-request.ts'
import { readChoice } from './edit-choice.ts'
import type { EditorSession, Program } from './program.ts'

/**
 * The request of what Enter starts: its mask is in the engine's store, what is pinned stays.
 *
 * @param instead  of what was chosen under *More*.
 */
export async function prepareRequest(
  program: Program, session: EditorSession, id: EditId, canvas: EditCanvas, instead: EditOptions = {},
): Promise<EditRequestInput> {
  const { client } = program.engine
  const { prompt, options, editOptions } = session.editor.getState()
  const { pack } = readChoice(program, session)
  const edit = EDITS[id]
  const { document } = session.store.getState()
  const isChange = edit.area !== 'new-picture'
  const mask = isChange && canvas.maskBounds && canvas.bounds ? await uploadMask(client, document.pixelMask.tiles, canvas.bounds) : null
  const target = { image: isChange ? pictureOf(document) : null, mask, frame: canvas.frame?.rect ?? null, size: options.size }
  const words = { prompt, packId: pack?.id ?? null }
  const optionsKind = optionsKindOf(edit)
  const chosen = { ...(optionsKind && editOptions[optionsKind]), ...instead }
  const request = buildRequest(edit, target, words, options, keepKnownStyle(chosen, pack))
  const { packId, cells } = document.pins
  return cells.length > 0 && packId === pack?.id ? { ...request, pins: [...cells] } : request
}

/** Another pack has other styles, and one may be gone: what was chosen stays chosen, and is asked for where it is there. */
function keepKnownStyle({ adapter, ...options }: EditOptions, pack: PackSummary | null): EditOptions {
  const isKnown = pack?.adapters.some(({ id }) => id === adapter?.id) ?? false
  return isKnown && adapter ? { ...options, adapter } : options
}
