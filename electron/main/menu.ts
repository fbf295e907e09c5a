import { app, BrowserWindow, Menu, shell, type WebContents } from 'electron'
import { COMMANDS, type CommandId } from '../api/menu.ts'
import { SHELL_CHANNELS } from '../api/shell-channels.ts'
import { buildMenuTemplate } from './menu-template.ts'

type RunInPage = (page: WebContents) => void

/**
 * Reading the clipboard is refused to scripts, so copying and pasting are done by the browser, which tells the page by
 * its `copy` and `paste` events; there a text field and the canvas each know what they mean.
 */
const BY_EVENT: Partial<Record<CommandId, RunInPage>> = {
  'edit.copy': (page) => page.copy(),
  'edit.paste': (page) => page.paste(),
}

/** What keys that the page left to the menu do in a text field. */
const IN_TEXT_FIELD: Partial<Record<CommandId, RunInPage>> = {
  'edit.undo': (page) => page.undo(),
  'edit.redo': (page) => page.redo(),
  'mask.all': (page) => page.selectAll(),
}

/** Text fields on macOS have their keys from the menu, whatever the document is like. */
const isForTextFields = (id: CommandId) => process.platform === 'darwin' && (id in BY_EVENT || id in IN_TEXT_FIELD)

export interface AppMenu {
  enableCommands(commands: readonly CommandId[]): void
}

export function installMenu(logFile: string, dataFolder: string): AppMenu {
  const runCommand = (command: CommandId, isByKey: boolean) => {
    const page = BrowserWindow.getFocusedWindow()?.webContents
    if (page === undefined) return
    const run = BY_EVENT[command] ?? (isByKey ? IN_TEXT_FIELD[command] : undefined)
    if (run !== undefined) run(page)
    // A key that the page left alone means nothing there.
    else if (!isByKey) page.send(SHELL_CHANNELS.onCommand, command)
  }
  app.setAboutPanelOptions({ applicationName: app.getName(), applicationVersion: app.getVersion() })
  const template = buildMenuTemplate({
    platform: process.platform,
    runCommand,
    showLog: () => shell.showItemInFolder(logFile),
    showDataFolder: () => void shell.openPath(dataFolder),
  })
  const menu = Menu.buildFromTemplate(template)
  Menu.setApplicationMenu(menu)
  return {
    enableCommands(commands) {
      const enabled = new Set(commands)
      for (const id of Object.keys(COMMANDS) as CommandId[]) {
        const item = menu.getMenuItemById(id)
        if (item !== null) item.enabled = enabled.has(id) || isForTextFields(id)
      }
    },
  }
}
