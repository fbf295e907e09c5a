import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { DIALOG_STRINGS } from '../api/strings/hosts.ts'
import type { LogFile } from './log-file.ts'
import { PAGE_URL } from './own-page.ts'
import { MIN_WINDOW_SIZE, placeWindow, readWindowPlace } from './window-place.ts'

/** The page's own background in `renderer/app`, so that nothing flashes before it is there. */
const BACKGROUNDS = { light: '#f4f4f5', dark: '#18181b' }

interface WindowParts {
  readonly preload: string
  readonly icon: string
  readonly dataFolder: string
  readonly log: LogFile
}

/** Opens the program's window where it was last, and keeps where it is. */
export async function openWindow({ preload, icon, dataFolder, log }: WindowParts): Promise<BrowserWindow> {
  const placeFile = path.join(dataFolder, 'window.json')
  const { isMaximized, ...bounds } = placeWindow(readWindowPlace(placeFile), listScreenAreas())
  const window = new BrowserWindow({
    ...bounds,
    minWidth: MIN_WINDOW_SIZE.width,
    minHeight: MIN_WINDOW_SIZE.height,
    title: app.getName(),
    icon,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUNDS.dark : BACKGROUNDS.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      // The spell checker would download its dictionaries.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  if (isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => keepPlace(window, placeFile))
  // Electron asks nobody: the window would only stay.
  window.webContents.on('will-prevent-unload', (event) => {
    if (mayLoseChanges(window)) event.preventDefault()
  })
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.write('error', `The renderer is gone: ${reason}`)
    void offerReload(window)
  })
  await window.loadURL(PAGE_URL)
  return window
}

function listScreenAreas() {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  return [primary, ...others].map(({ workArea }) => workArea)
}

function keepPlace(window: BrowserWindow, placeFile: string): void {
  const place = { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
  try {
    writeFileSync(placeFile, JSON.stringify(place))
  } catch {
    // Then it opens in the middle next time.
  }
}

/** Asked when the page holds changes that the disk does not take. */
function mayLoseChanges(window: BrowserWindow): boolean {
  const response = dialog.showMessageBoxSync(window, {
    type: 'warning',
    message: DIALOG_STRINGS.unsavedTitle,
    detail: DIALOG_STRINGS.unsavedDetail,
    buttons: [DIALOG_STRINGS.keepOpen, DIALOG_STRINGS.closeAnyway],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}

async function offerReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: DIALOG_STRINGS.rendererGoneTitle,
    detail: DIALOG_STRINGS.rendererGoneDetail,
    buttons: [DIALOG_STRINGS.reload, DIALOG_STRINGS.quit],
    defaultId: 0,
  })
  if (response !== 0) app.quit()
  else if (!window.isDestroyed()) window.reload()
}
