import { COMMANDS, type CommandId } from '../../../electron/api/menu.ts'
import type { Program } from '../program.ts'
import type { CommandAction } from './command-action.ts'
import { FILE_COMMANDS } from './file-commands.ts'
import { MASK_COMMANDS } from './mask-commands.ts'
import { RUN_COMMANDS } from './run-commands.ts'
import { VIEW_COMMANDS } from './view-commands.ts'

/** Every command's action; the compiler sees to it that none is missing. */
export const COMMAND_ACTIONS: Readonly<Record<CommandId, CommandAction>> = {
  ...FILE_COMMANDS,
  ...MASK_COMMANDS,
  ...VIEW_COMMANDS,
  ...RUN_COMMANDS,
}

export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[]

export function isEnabled(program: Program, id: CommandId): boolean {
  return COMMAND_ACTIONS[id].isEnabled?.(program) ?? true
}

export function runCommand(program: Program, id: CommandId): void {
  if (isEnabled(program, id)) COMMAND_ACTIONS[id].run(program)
}
