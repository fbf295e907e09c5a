import type { Shell } from '../../electron/api/shell.ts'
import type { Host } from './host.ts'

/** The desktop window, by way of its preload script. */
export function createDesktopHost(shell: Shell): Host {
  return {
    kind: shell.host,
    platform: shell.platform,
    choosePictures: () => shell.chooseImages(),
    async save(suggestedName, make) {
      const place = await shell.chooseSavePlace(suggestedName)
      if (place === null) return null
      await make(place.fileId)
      return place
    },
    chooseFolder: () => shell.chooseFolder(),
    chooseStyleFile: () => shell.chooseStyleFile(),
    showInFolder: (fileId) => shell.showInFolder(fileId),
    onCommand: (listener) => shell.onCommand(listener),
    setEnabledCommands: (commands) => shell.setEnabledCommands(commands),
    setTitle: (title) => shell.setTitle(title),
  }
}
