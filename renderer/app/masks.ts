import { NOTICE_STRINGS } from '../../electron/api/strings/notices.ts'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import type { DocumentCommand } from '../document/commands/commands.ts'
import { uploadMask } from '../engine/mask-transfer.ts'
import { suggestFileName } from './pictures.ts'
import { currentSession, type EditorSession, type Program } from './program.ts'
import { attempt, reportError } from './report-error.ts'

type WholeMaskCommand = Extract<DocumentCommand, { type: 'grow-mask' | 'shrink-mask' | 'invert-mask' }>

/** Changes all of the mask. On a large picture that takes a while: it can be watched and cancelled. One at a time. */
export async function changeWholeMask(program: Program, session: EditorSession, command: WholeMaskCommand): Promise<void> {
  const { store, editor } = session
  if (editor.getState().maskWork !== null) return
  let isStopped = false
  const cancel = () => (isStopped = true)
  const onProgress = (share: number) => {
    const shown = Math.floor(share * 100) / 100
    if (editor.getState().maskWork?.share !== shown) editor.change({ maskWork: { label: command.type, share: shown, cancel } })
  }
  const outcome = await store.dispatchInTurns(command, { isStopped: () => isStopped, onProgress })
  editor.change({ maskWork: null })
  if (outcome === 'stopped') program.store.announce(TOOL_STRINGS.maskWorkStopped)
  if (outcome === 'outdated') program.store.notify({ kind: 'info', title: TOOL_STRINGS.maskWorkOutdated })
}

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
