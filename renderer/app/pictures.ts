import { exportOptionsSchema, type ExportOptions } from '../../electron/api/images.ts'
import { NOTICE_STRINGS } from '../../electron/api/strings/notices.ts'
import { EXPORT_STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import { pictureOf } from '../document/document.ts'
import type { ExportChoice } from '../panels/ExportDialog.tsx'
import { openPictures, PICTURE_EXTENSION } from './documents.ts'
import { currentSession, type Program } from './program.ts'
import { keysOf } from './shortcuts.ts'

const EXTENSIONS = { png: 'png', jpeg: 'jpg', webp: 'webp' } as const satisfies Record<ExportOptions['format'], string>
/** Characters that some file system does not take in a name. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}][\\/:*?"<>|\p{Cc}\s]*/gu

/** What the save dialog proposes. */
export function suggestFileName(documentName: string, format: ExportOptions['format']): string {
  const base = documentName.replace(FORBIDDEN, ' ').replace(PICTURE_EXTENSION, '').replace(/[\s.…]+$/u, '').trim()
  return `${base || NOTICE_STRINGS.pictureName}.${EXTENSIONS[format]}`
}

/** The picture as it is shown, flattened into a file. @returns false when the user thought better of it. */
export async function savePicture(program: Program, choice: ExportChoice): Promise<boolean> {
  const session = currentSession(program)
  const document = session?.store.getState().document
  const imageId = document && pictureOf(document)
  if (session === undefined || !imageId) return false
  const { client, library } = program.engine
  const name = library.getState().documents?.find(({ id }) => id === session.id)?.name ?? ''
  const recipe = document.accepted?.recipe ?? null
  const saved = await program.host.save(suggestFileName(name, choice.format), (fileId) =>
    client.exportPicture(exportOptionsSchema.parse({ imageId, ...choice, recipe, fileId })),
  )
  if (saved === null) return false
  const { fileId } = saved
  const { showInFolder } = program.host
  const action =
    fileId !== null && showInFolder
      ? { label: EXPORT_STRINGS.showInFolder, onAct: () => void showInFolder(fileId) }
      : undefined
  program.store.notify({ kind: 'success', title: EXPORT_STRINGS.saved(saved.name), action })
  return true
}

/** The picture goes to the clipboard as a PNG, the one format every program takes. */
export async function copyPicture(program: Program): Promise<void> {
  const session = currentSession(program)
  const imageId = session && pictureOf(session.store.getState().document)
  if (!imageId) {
    program.store.notify({ kind: 'info', title: NOTICE_STRINGS.nothingToCopy })
    return
  }
  const options = exportOptionsSchema.parse({ imageId, format: 'png', keepRecipe: false })
  // The promise goes into the item: Safari takes the click's permission only for a write that begins at once.
  const png = program.engine.client.exportPicture(options).then((file) => new Blob([file], { type: 'image/png' }))
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })])
    program.store.notify({ kind: 'success', title: NOTICE_STRINGS.copied })
  } catch {
    await png
    program.store.notify({ kind: 'error', title: NOTICE_STRINGS.copyFailed })
  }
}

const isPicture = (file: File) => file.type.startsWith('image/')

/** Opens what a drop or paste brought. @returns whether there was a picture in it. */
export function openTransferred(program: Program, data: DataTransfer, isPasted: boolean): boolean {
  const files = [...data.files]
  const pictures = files.filter(isPicture)
  if (pictures.length === 0) {
    if (files.length > 0) program.store.notify({ kind: 'error', title: NOTICE_STRINGS.notAPicture })
    return false
  }
  void openPictures(program, pictures.map((file) => ({ name: file.name, bytes: file })), isPasted)
  return true
}

/** Paste by menu or palette, where there is no paste event to read from. */
export async function pasteFromClipboard(program: Program): Promise<void> {
  const items = await navigator.clipboard.read().catch(() => null)
  if (items === null) {
    const keys = keysOf('edit.paste', program.host.platform) ?? []
    program.store.notify({ kind: 'info', title: NOTICE_STRINGS.pasteByKeys(keys.join(' + ')) })
    return
  }
  for (const item of items) {
    const type = item.types.find((one) => one.startsWith('image/'))
    if (type === undefined) continue
    await openPictures(program, [{ name: `${NOTICE_STRINGS.pictureName}.png`, bytes: await item.getType(type) }], true)
    return
  }
  program.store.notify({ kind: 'info', title: NOTICE_STRINGS.nothingToPaste })
}
