import type { EditorSession, Program } from '../program.ts'
import { currentSession } from '../program.ts'

/** What a command of the menu, the keyboard or the palette does. */
export interface CommandAction {
  run(program: Program): void
  /** Always, where left out. */
  isEnabled?(program: Program): boolean
  /** Where it is held instead of pressed: called when the key is let go. */
  release?(program: Program): void
  /** Works even while a text field has the focus. */
  isForFields?: boolean
}

/** A command for the open document; disabled where there is none, or where `isEnabled` says so. */
export function onSession(
  run: (session: EditorSession, program: Program) => void,
  isEnabled: (session: EditorSession, program: Program) => boolean = () => true,
): CommandAction {
  return {
    run: (program) => {
      const session = currentSession(program)
      if (session) run(session, program)
    },
    isEnabled: (program) => {
      const session = currentSession(program)
      return session !== undefined && isEnabled(session, program)
    },
  }
}

export const hasPicture = ({ store }: EditorSession): boolean => store.getState().document.bounds !== null
/** Cheap: whether something was painted since the mask was last emptied, not whether a pixel of it is left. */
export const hasMask = ({ store }: EditorSession): boolean => !store.getState().document.pixelMask.isEmpty
