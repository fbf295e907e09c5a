import type { EditKindCommand } from './edit-kind.ts'
import { fixWeak } from './fix-weak.ts'
import { inpaint } from './inpaint.ts'
import { outpaint } from './outpaint.ts'
import { remove } from './remove.ts'
import { replaceBackground } from './replace-background.ts'
import { restyle } from './restyle.ts'
import { retouch } from './retouch.ts'
import { upscale } from './upscale.ts'
import { vary } from './vary.ts'

/** Every `--kind` of the edit command. */
export const EDIT_KINDS: readonly EditKindCommand[] = [inpaint, outpaint, vary, remove, restyle, retouch, replaceBackground, upscale, fixWeak]
