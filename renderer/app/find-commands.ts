import { COMMANDS, type CommandId } from '../../electron/api/menu.ts'
import { COMMAND_LABELS, MENU_TITLES } from '../../electron/api/strings/menu.ts'

const ids = Object.keys(COMMANDS) as CommandId[]

/** Commands whose words begin as the query's words do, in menu order; all of them for an empty query. */
export function findCommands(query: string): CommandId[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean)
  return ids.filter((id) => {
    if (id === 'app.palette') return false
    const words = `${MENU_TITLES[COMMANDS[id].menu]} ${COMMAND_LABELS[id]}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)
    return wanted.every((start) => words.some((word) => word.startsWith(start)))
  })
}
