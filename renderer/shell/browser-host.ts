import { chooseFiles, downloadFile } from './files.ts'
import type { Host } from './host.ts'

/** A plain browser: its own file dialog, saving by download, no menu of its own. */
export function createBrowserHost(navigator: Pick<Navigator, 'platform'>): Host {
  return {
    kind: 'browser',
    platform: detectPlatform(navigator.platform),
    async choosePictures() {
      const files = await chooseFiles({ accept: 'image/*', isMultiple: true })
      return files.map((file) => ({ name: file.name, bytes: file }))
    },
    async save(suggestedName, make) {
      downloadFile(suggestedName, await make(null))
      return { name: suggestedName, fileId: null }
    },
    chooseFolder: undefined,
    chooseStyleFile: undefined,
    showInFolder: undefined,
    onCommand: () => () => {},
    setEnabledCommands: () => {},
    setTitle: (title) => {
      document.title = title
    },
  }
}

/** `navigator.platform` is frozen in all browsers, but tells these three apart. */
export function detectPlatform(platform: string): Host['platform'] {
  if (/^(Mac|iP)/.test(platform)) return 'mac'
  return /^Win/.test(platform) ? 'windows' : 'linux'
}
