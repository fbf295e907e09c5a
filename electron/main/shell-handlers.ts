import { BrowserWindow, dialog, shell, type WebContents } from 'electron'
import path from 'node:path'
import { z } from 'zod'
import { COMMANDS, type CommandId } from '../api/menu.ts'
import { SHELL_CHANNELS } from '../api/shell-channels.ts'
import type { ChosenFile } from '../api/shell.ts'
import { DIALOG_STRINGS } from '../api/strings/hosts.ts'
import type { FileRegistry } from '../engine/file-registry.ts'
import { handleTrusted, onTrusted } from './trusted-sender.ts'

/** What the engine's formats open. */
const PICTURE_EXTENSIONS = ['png', 'jpg', 'jpeg', 'webp', 'avif', 'tif', 'tiff', 'gif']

const commandsSchema = z.array(z.enum(Object.keys(COMMANDS) as [CommandId, ...CommandId[]]))

interface ShellParts {
  readonly files: FileRegistry
  readonly enableCommands: (commands: readonly CommandId[]) => void
}

/** Answers `window.shell`. Paths stay here: the page gets ids that the engine knows. */
export function registerShellHandlers({ files, enableCommands }: ShellParts): void {
  handleTrusted(SHELL_CHANNELS.chooseImages, async ({ sender }): Promise<ChosenFile[]> => {
    const { canceled, filePaths } = await dialog.showOpenDialog(windowOf(sender), {
      title: DIALOG_STRINGS.openTitle,
      properties: ['openFile', 'multiSelections'],
      filters: [
        { name: DIALOG_STRINGS.pictures, extensions: PICTURE_EXTENSIONS },
        { name: DIALOG_STRINGS.allFiles, extensions: ['*'] },
      ],
    })
    if (canceled) return []
    return filePaths.map((file) => ({ name: path.basename(file), fileId: files.registerForOpening(file) }))
  })

  handleTrusted(SHELL_CHANNELS.chooseSavePlace, async ({ sender }, argument): Promise<ChosenFile | null> => {
    // A name only: where it goes is the user's choice.
    const defaultPath = path.basename(z.string().max(255).parse(argument))
    const extension = path.extname(defaultPath).slice(1)
    const { canceled, filePath } = await dialog.showSaveDialog(windowOf(sender), {
      title: DIALOG_STRINGS.saveTitle,
      defaultPath,
      // By it Windows and macOS complete a name without an extension.
      filters: extension === '' ? [] : [{ name: DIALOG_STRINGS.formatOf(extension), extensions: [extension] }],
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    })
    if (canceled || filePath === '') return null
    return { name: path.basename(filePath), fileId: files.registerForSaving(filePath) }
  })

  handleTrusted(SHELL_CHANNELS.chooseFolder, async ({ sender }): Promise<ChosenFile | null> => {
    const { canceled, filePaths: [folder] } = await dialog.showOpenDialog(windowOf(sender), {
      title: DIALOG_STRINGS.folderTitle,
      properties: ['openDirectory'],
    })
    if (canceled || folder === undefined) return null
    return { name: path.basename(folder), fileId: files.registerForOpening(folder) }
  })

  handleTrusted(SHELL_CHANNELS.chooseStyleFile, async ({ sender }): Promise<ChosenFile | null> => {
    const { canceled, filePaths: [file] } = await dialog.showOpenDialog(windowOf(sender), {
      title: DIALOG_STRINGS.styleFileTitle,
      properties: ['openFile'],
      filters: [{ name: DIALOG_STRINGS.styleFiles, extensions: ['safetensors'] }, { name: DIALOG_STRINGS.allFiles, extensions: ['*'] }],
    })
    if (canceled || file === undefined) return null
    return { name: path.basename(file), fileId: files.registerForOpening(file) }
  })

  handleTrusted(SHELL_CHANNELS.showInFolder, (_event, argument) => {
    shell.showItemInFolder(files.pathOf(z.string().parse(argument)))
  })
  onTrusted(SHELL_CHANNELS.setEnabledCommands, (_event, argument) => enableCommands(commandsSchema.parse(argument)))
  onTrusted(SHELL_CHANNELS.setTitle, ({ sender }, argument) => windowOf(sender).setTitle(z.string().max(300).parse(argument)))
}

function windowOf(sender: WebContents): BrowserWindow {
  const window = BrowserWindow.fromWebContents(sender)
  if (window === null) throw new Error('A message came from a window that is gone')
  return window
}
