import { COMMANDS, type CommandId, type MenuId } from '../../electron/api/menu.ts'
import { COMMAND_LABELS, MENU_TITLES } from '../../electron/api/strings/menu.ts'
import { SHORTCUT_STRINGS as STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import type { Host } from '../shell/host.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Keys } from '../ui/Keys.tsx'
import { formatKeys } from './shortcuts.ts'
import styles from './CommandPalette.module.css'

interface Shortcut {
  readonly label: string
  /** Ways to press it, each a list of key caps. */
  readonly ways: readonly (readonly string[])[]
}

/** All keys, made from the table of commands. */
export function ShortcutSheet({ platform, onClose }: { platform: Host['platform']; onClose: () => void }) {
  const ids = Object.keys(COMMANDS) as CommandId[]
  const shortcutsOf = (menu: MenuId): Shortcut[] =>
    ids
      .filter((id) => COMMANDS[id].menu === menu && COMMANDS[id].keys.length > 0)
      .map((id) => ({ label: COMMAND_LABELS[id], ways: COMMANDS[id].keys.map((keys) => formatKeys(keys, platform)) }))
  const gesturesOf = (chapter: keyof typeof STRINGS.gestures): Shortcut[] =>
    STRINGS.gestures[chapter].map(({ keys, label }) => ({
      label,
      ways: [keys.map((key) => formatKeys(key, platform)[0] ?? key)],
    }))
  const menus = Object.entries(MENU_TITLES) as [MenuId, string][]
  return (
    <Dialog isOpen onClose={onClose} title={STRINGS.title} closeLabel={STRINGS.close} isWide>
      <div className={styles.sheet}>
        <Chapter title={STRINGS.prompt} shortcuts={gesturesOf('prompt')} />
        <Chapter title={STRINGS.candidates} shortcuts={gesturesOf('candidates')} />
        <Chapter title={STRINGS.canvas} shortcuts={gesturesOf('canvas')} />
        {menus.map(([menu, title]) => (
          <Chapter key={menu} title={title} shortcuts={shortcutsOf(menu)} />
        ))}
      </div>
    </Dialog>
  )
}

function Chapter({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section className={styles.chapter}>
      <h3>{title}</h3>
      <dl>
        {shortcuts.map(({ label, ways }) => (
          <div key={label} className={styles.shortcut}>
            <dt>{label}</dt>
            <dd>
              {ways.map((keys) => (
                <Keys key={keys.join('+')} keys={keys} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
