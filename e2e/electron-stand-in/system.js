import { EventEmitter } from 'node:events'
import { BrowserWindow } from './windows.js'

const cancelled = async () => ({ canceled: true, filePaths: [], filePath: '' })

/** Every dialog is cancelled, every question answered by its default; specs put their own functions here. */
export const dialog = {
  showOpenDialog: cancelled,
  showSaveDialog: cancelled,
  showMessageBox: async (...args) => ({ response: args.at(-1).defaultId ?? 0, checkboxChecked: false }),
  showErrorBox: (title, content) => console.error(`${title}: ${content}`),
}

class MenuItem {
  constructor(options) {
    Object.assign(this, options)
    this.enabled = options.enabled ?? true
    if (Array.isArray(options.submenu)) this.submenu = Menu.buildFromTemplate(options.submenu)
    this.click = (event = {}) => options.click?.(this, BrowserWindow.getFocusedWindow(), event)
  }
}

export class Menu {
  static #application = null
  constructor(items = []) {
    this.items = items
  }
  static buildFromTemplate(template) {
    return new Menu(template.map((options) => new MenuItem(options)))
  }
  static setApplicationMenu(menu) {
    Menu.#application = menu
  }
  static getApplicationMenu() {
    return Menu.#application
  }
  getMenuItemById(id) {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false, themeSource: 'system' })

const display = { id: 1, scaleFactor: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }
export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
})

export const session = {
  defaultSession: {
    setPermissionRequestHandler() {},
    setPermissionCheckHandler() {},
    webRequest: { onBeforeRequest() {} },
  },
}

export const shell = {
  showItemInFolder() {},
  openPath: async () => '',
  openExternal: async () => {},
}
