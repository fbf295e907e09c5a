import { useEffect } from 'react'
import type { CommandId } from '../../electron/api/menu.ts'
import { COMMAND_ACTIONS, isEnabled, runCommand } from './commands/commands.ts'
import { isField } from './is-field.ts'
import type { Program } from './program.ts'
import { findCommand } from './shortcuts.ts'

/** The browser does these itself, with an event that carries the clipboard. */
const LEFT_TO_BROWSER: ReadonlySet<CommandId> = new Set(['edit.paste'])

/** Runs commands by their keys, and by the host's menu. */
export function useShortcuts(program: Program): void {
  useEffect(() => {
    const ending = new AbortController()
    const { signal } = ending
    let held: CommandId | undefined
    const release = () => {
      if (held) COMMAND_ACTIONS[held].release?.(program)
      held = undefined
    }
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const id = findCommand(event, program.host.platform)
      if (id === undefined || LEFT_TO_BROWSER.has(id)) return
      if (isField(event.target) && !COMMAND_ACTIONS[id].isForFields) return
      // A dialog is asked first; only what opens another one goes through.
      if (program.store.getState().dialog !== null) return
      if (id === 'edit.copy' && String(getSelection()) !== '') return
      event.preventDefault()
      if (COMMAND_ACTIONS[id].release) held = id
      if (event.repeat && held) return
      if (isEnabled(program, id)) runCommand(program, id)
    }
    window.addEventListener('keydown', press, { signal })
    window.addEventListener('keyup', release, { signal })
    window.addEventListener('blur', release, { signal })
    const endMenu = program.host.onCommand((id) => isEnabled(program, id) && runCommand(program, id))
    return () => {
      ending.abort()
      endMenu()
    }
  }, [program])
}
