// Composition root of the desktop program: makes the engine, the window and what stands between them.
import { app, BrowserWindow, dialog } from 'electron'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { toDiskError } from '../api/disk-problems.ts'
import { EngineError } from '../api/errors.ts'
import { EXIT_CODES } from '../api/exit-codes.ts'
import { DIALOG_STRINGS } from '../api/strings/hosts.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import { findDataFolder, listPackFolders, locateProgram } from '../engine/program-folders.ts'
import { registerAppScheme, serveAppProtocol } from './app-protocol.ts'
import { startUtilityInference } from './inference-process.ts'
import { lockDown, silenceChromium } from './lockdown.ts'
import { openLogFile, recordConsole, type LogFile } from './log-file.ts'
import { installMenu } from './menu.ts'
import { registerShellHandlers } from './shell-handlers.ts'
import { openWindow } from './window.ts'

const bundleFolder = import.meta.dirname
const program = locateProgram(bundleFolder)
const bundledPacks = app.isPackaged ? path.join(process.resourcesPath, 'packs') : program.bundledPacks
const dataFolder = findDataFolder()

async function start(log: LogFile): Promise<Engine> {
  const engine = await createEngine({
    dataFolder,
    packFolders: listPackFolders(dataFolder, bundledPacks),
    startInference: startUtilityInference(program.inferenceBundle),
    version: program.version,
    host: 'desktop',
  })
  lockDown()
  serveAppProtocol(engine.fetch, program.rendererFolder)
  const menu = installMenu(log.file, dataFolder)
  registerShellHandlers({ files: engine.files, enableCommands: menu.enableCommands })
  await openWindow({
    preload: path.join(bundleFolder, 'preload.cjs'),
    icon: path.join(bundleFolder, '../../assets/icon.png'),
    dataFolder,
    log,
  })
  return engine
}

/** Documents are on disk at all times; what is left is the inference process, the lock, and a write under way. */
function disposeOnQuit(engine: Engine): void {
  let isDisposed = false
  app.on('will-quit', (event) => {
    if (isDisposed) return
    event.preventDefault()
    isDisposed = true
    void engine.dispose().finally(() => app.quit())
  })
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (window?.isMinimized()) window.restore()
  window?.focus()
}

function failToStart(thrown: unknown): void {
  const error = EngineError.from(toDiskError(thrown))
  console.error(error.cause ?? error)
  dialog.showErrorBox(DIALOG_STRINGS.startFailedTitle, error.message)
  app.exit(EXIT_CODES.failedAndSaid)
}

try {
  // Chromium's own files beside the documents: a second data folder is a second program.
  const chromiumFolder = path.join(dataFolder, 'chromium')
  mkdirSync(chromiumFolder, { recursive: true })
  app.setPath('userData', chromiumFolder)
  const log = openLogFile(path.join(dataFolder, 'logs'))
  recordConsole(log)
  registerAppScheme()
  silenceChromium()
  if (app.requestSingleInstanceLock()) {
    app.on('second-instance', focusWindow)
    app.on('window-all-closed', () => app.quit())
    // Chromium starts its graphics process again, the engine starts inference again: it is written down.
    app.on('child-process-gone', (_event, { type, name, reason }) => log.write('warn', `${name ?? type} is gone: ${reason}`))
    void app.whenReady().then(() => start(log)).then(disposeOnQuit, failToStart)
  } else {
    app.quit()
  }
} catch (thrown) {
  failToStart(thrown)
}
