import { createContext, useContext } from 'react'
import type { Cells } from '../../electron/api/cell-choice.ts'
import type { DocumentCommand } from '../document/commands/commands.ts'
import type { CommandId } from '../../electron/api/menu.ts'
import type { PromptWord } from '../../electron/api/prompt-words.ts'
import type { EditId } from '../../electron/api/strings/edits.ts'

/** What found cells that become the mask. */
export type FoundMask = Extract<DocumentCommand, { type: 'mask-cells' }>['found']

/** What panels may set going. The app does it; panels only say so. */
export interface EditorActions {
  run(command: CommandId): void
  /** Key caps of a command's first shortcut, as written on this platform's keyboards. */
  keysOf(command: CommandId): readonly string[] | undefined
  startRun(): void
  /** Switches what Enter starts. */
  chooseEdit(id: EditId): void
  stopRun(isKept: boolean): void
  retryRun(jobId: string): void
  accept(index: number): void
  /** Of an earlier run: `entryId` is the history entry that accepted another candidate. */
  acceptSibling(entryId: string, index: number): void
  dismissCandidates(): void
  /** Measures what the open panel shows, or closes it. */
  measureLook(): void
  closeLook(): void
  maskFound(found: FoundMask, cells: Cells): void
  fixWeak(): void
  pointAtWord(jobId: string, index: number, word: PromptWord): void
  leaveWord(): void
  copyText(text: string): void
  reconnect(): void
}

export const EditorActionsContext = createContext<EditorActions | null>(null)

export function useActions(): EditorActions {
  const actions = useContext(EditorActionsContext)
  if (actions === null) throw new Error('useActions outside of EditorActionsContext')
  return actions
}

/** Commands that do something now. */
export const EnabledCommandsContext = createContext<ReadonlySet<CommandId>>(new Set())

export function useIsEnabled(command: CommandId): boolean {
  return useContext(EnabledCommandsContext).has(command)
}
