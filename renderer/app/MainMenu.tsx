import { Menu as MenuIcon } from 'lucide-react'
import { COMMANDS, type CommandId, type MenuId } from '../../electron/api/menu.ts'
import { EDITOR_STRINGS } from '../../electron/api/strings/editor.ts'
import { MENU_TITLES } from '../../electron/api/strings/menu.ts'
import { Button } from '../ui/Button.tsx'
import { Menu, MenuLine, SubMenu } from '../ui/Menu.tsx'
import { CommandItem } from './ToolOptions.tsx'

const ids = Object.keys(COMMANDS) as CommandId[]
const commandsOf = (menu: MenuId) => ids.filter((id) => COMMANDS[id].menu === menu)
/** In the order of the menu bar; the program's own commands stand at the end, where there is no menu bar to hold them. */
const SUBMENUS: readonly MenuId[] = ['file', 'edit', 'mask', 'tools', 'view', 'run']

/** The menu where the host has none of its own. */
export function MainMenu() {
  return (
    <Menu
      trigger={
        <Button kind="ghost" aria-label={EDITOR_STRINGS.menu} title={EDITOR_STRINGS.menu}>
          <MenuIcon size={17} />
        </Button>
      }
    >
      {SUBMENUS.map((menu) => (
        <SubMenu key={menu} label={MENU_TITLES[menu]}>
          {commandsOf(menu).map((command) => (
            <CommandItem key={command} command={command} />
          ))}
        </SubMenu>
      ))}
      <MenuLine />
      {[...commandsOf('app'), ...commandsOf('help')].map((command) => (
        <CommandItem key={command} command={command} />
      ))}
    </Menu>
  )
}
