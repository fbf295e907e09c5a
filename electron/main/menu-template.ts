import type { MenuItemConstructorOptions } from 'electron'
import { COMMANDS, type CommandId, type MenuId } from '../api/menu.ts'
import { COMMAND_LABELS, MENU_TITLES, SYSTEM_MENU_LABELS } from '../api/strings/menu.ts'

type Item = MenuItemConstructorOptions

export interface MenuParts {
  readonly platform: NodeJS.Platform
  /** @param isByKey  the key was pressed and the page did not take it: a text field has the focus. */
  readonly runCommand: (command: CommandId, isByKey: boolean) => void
  readonly showLog: () => void
  readonly showDataFolder: () => void
}

const separator: Item = { type: 'separator' }

/**
 * The native menu, from the table of commands. The page matches keys itself (they must work in the browser host too), so
 * elsewhere than on macOS accelerators are shown but not registered. On macOS a shown key is a registered one; there the
 * page is asked first and the menu gets what it left.
 */
export function buildMenuTemplate({ platform, runCommand, showLog, showDataFolder }: MenuParts): Item[] {
  const isMac = platform === 'darwin'
  const itemsOf = (menu: MenuId): Item[] =>
    (Object.keys(COMMANDS) as CommandId[])
      .filter((id) => COMMANDS[id].menu === menu)
      .map((id) => ({
        id,
        label: COMMAND_LABELS[id],
        ...accelerator(COMMANDS[id].keys[0], isMac),
        click: (_item, _window, event) => runCommand(id, event.triggeredByAccelerator === true),
      }))

  const appItems = itemsOf('app')
  const fileEnd: Item[] = isMac
    ? [{ role: 'close', label: SYSTEM_MENU_LABELS.closeWindow }]
    : [...appItems, separator, { role: 'quit', label: SYSTEM_MENU_LABELS.quit }]
  const macMenu: Item[] = [
    { role: 'about', label: SYSTEM_MENU_LABELS.about },
    separator,
    ...appItems,
    separator,
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    { role: 'quit', label: SYSTEM_MENU_LABELS.quit },
  ]
  const menus: Record<MenuId, Item[]> = {
    app: isMac ? macMenu : [],
    file: [...itemsOf('file'), separator, ...fileEnd],
    // Text fields on macOS have their keys from the menu.
    edit: isMac ? [...itemsOf('edit'), { role: 'cut' }] : itemsOf('edit'),
    mask: itemsOf('mask'),
    tools: itemsOf('tools'),
    view: [...itemsOf('view'), separator, { role: 'togglefullscreen', label: SYSTEM_MENU_LABELS.fullScreen }],
    run: itemsOf('run'),
    help: [
      ...itemsOf('help'),
      separator,
      { label: SYSTEM_MENU_LABELS.showLog, click: showLog },
      { label: SYSTEM_MENU_LABELS.showDataFolder, click: showDataFolder },
      ...(isMac ? [] : [separator, { role: 'about', label: SYSTEM_MENU_LABELS.about } satisfies Item]),
    ],
  }
  return (Object.keys(MENU_TITLES) as MenuId[])
    .filter((menu) => menus[menu].length > 0)
    .map((menu) => ({ label: MENU_TITLES[menu], submenu: menus[menu] }))
}

/** On macOS a plain letter as an accelerator would take it from every text field. */
function accelerator(key: string | undefined, isMac: boolean): Item {
  if (key === undefined || (isMac && !/^(Mod|Alt)\+/.test(key))) return {}
  // Electron's names of keys are not the page's.
  return { accelerator: key.replace('Mod+', 'CommandOrControl+').replace('Arrow', ''), registerAccelerator: isMac }
}
