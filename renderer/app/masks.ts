import { NOTICE_STRINGS } from '../../electron/api/strings/notices.ts'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import { uploadMask } from '../engine/mask-transfer.ts'
import { chooseFiles, downloadFile } from '../shell/files.ts'
import { currentSession, type Program } from './program.ts'
import { attempt, reportError } from './report-error.ts'

/** Makes a grey picture the mask: white is repainted, black stays. */
export async function loadMask(program: Program): Promise<void> {
  const session = currentSession(program)
  const bounds = session?.store.getState().document.bounds
  if (session === undefined || !bounds) return
  const [file] = await chooseFiles({ accept: 'image/*', isMultiple: false })
  if (file === undefined) return
  try {
    const { imageId } = await program.engine.client.importMask(bounds, file)
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
  const name = library.getState().documents?.find(({ id }) => id === session.id)?.name ?? NOTICE_STRINGS.maskName
  const bytes = await client.exportMask(await uploadMask(client, pixelMask.tiles, bounds))
  downloadFile(`${name} ${NOTICE_STRINGS.maskName}.png`, bytes)
  program.store.announce(TOOL_STRINGS.maskSaved)
}
