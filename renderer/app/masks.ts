import { NOTICE_STRINGS } from '../../electron/api/strings/notices.ts'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import { uploadMask } from '../engine/mask-transfer.ts'
import { suggestFileName } from './pictures.ts'
import { currentSession, type Program } from './program.ts'
import { attempt, reportError } from './report-error.ts'

/** Makes a grey picture the mask: white is repainted, black stays. */
export async function loadMask(program: Program): Promise<void> {
  const session = currentSession(program)
  const bounds = session?.store.getState().document.bounds
  if (session === undefined || !bounds) return
  const [picked] = await program.host.choosePictures()
  if (picked === undefined) return
  const { client } = program.engine
  try {
    const { imageId } = await ('fileId' in picked
      ? client.importChosenMask(bounds, picked.fileId)
      : client.importMask(bounds, picked.bytes))
    await session.store.loadMask(imageId)
    program.store.announce(TOOL_STRINGS.maskLoaded)
  } catch (thrown) {
    reportError(program, thrown, { chooseOther: () => attempt(program, () => loadMask(program)) })
  }
}

export async function saveMask(program: Program): Promise<void> {
  const session = currentSession(program)
  if (session === undefined) return
  const { pixelMask, bounds } = session.store.getState().document
  if (bounds === null || pixelMask.isEmpty) {
    program.store.notify({ kind: 'info', title: TOOL_STRINGS.nothingMasked })
    return
  }
  const { client, library } = program.engine
  const name = library.getState().documents?.find(({ id }) => id === session.id)?.name ?? ''
  const mask = await uploadMask(client, pixelMask.tiles, bounds)
  const suggested = suggestFileName(`${name} ${NOTICE_STRINGS.maskName}`, 'png')
  const saved = await program.host.save(suggested, (fileId) => client.exportMask(mask, fileId))
  if (saved) program.store.notify({ kind: 'success', title: TOOL_STRINGS.maskSaved })
}
