import type { Shell } from '../shell.ts'

/** Words of the native dialogs and windows. */
export const DIALOG_STRINGS = {
  openTitle: 'Open pictures',
  folderTitle: 'Choose the model’s folder',
  styleFileTitle: 'Choose the style file',
  styleFiles: 'Style files',
  saveTitle: 'Save picture',
  pictures: 'Pictures',
  allFiles: 'All files',
  formatOf: (extension: string) => `${extension.toUpperCase()} picture`,
  rendererGoneTitle: 'The window stopped',
  rendererGoneDetail: 'Nothing you made is lost. Remask opens it again as it was.',
  reload: 'Open again',
  quit: 'Quit',
  startFailedTitle: 'Remask cannot start',
  unsavedTitle: 'Close although the last changes are not on disk?',
  unsavedDetail: 'The disk does not take them. They are lost if you close the window now.',
  keepOpen: 'Keep open',
  closeAnyway: 'Close and lose them',
} as const

type Host = Shell['host']

/** What `npm start` and `remask serve` say in the terminal. */
export const START_STRINGS = {
  chosen: (host: Host, reason: string) =>
    host === 'desktop' ? `Remask opens in its own window: ${reason}.` : `Remask runs in your browser: ${reason}.`,
  reasons: {
    asked: 'you asked for it',
    setting: 'that is your setting',
    portGiven: 'a port was given',
    electronPresent: 'Electron is installed',
    electronDownloaded: 'Electron was downloaded',
    noDisplay: 'this machine has no display',
    electronUnreachable: 'Electron is not installed and cannot be downloaded from here',
    electronFailed: (code: number | null) => `Electron could not start (exit code ${code ?? 'unknown'})`,
  },
  downloading: 'Downloading Electron, once (about 110 MB) …',
  address: (url: string) => `Open ${url}`,
  howToEnd: 'Press Ctrl+C to end it.',
  desktopUnavailable: 'Remask cannot open its own window here: Electron is not installed and cannot be downloaded.',
  portInUse: (port: number) => `Port ${port} is in use. Choose another one with --port, or leave it out.`,
  badPort: 'A port is a whole number from 0 to 65535.',
  badHost: 'The host is desktop or browser.',
} as const
