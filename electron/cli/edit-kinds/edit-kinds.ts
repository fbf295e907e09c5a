import type { EditKindCommand } from './edit-kind.ts'
import { inpaint } from './inpaint.ts'
import { outpaint } from './outpaint.ts'

/** Every `--kind` of the edit command. */
export const EDIT_KINDS: readonly EditKindCommand[] = [inpaint, outpaint]
