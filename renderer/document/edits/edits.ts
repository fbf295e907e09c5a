import type { EditId } from '../../../electron/api/strings/edits.ts'
import { create } from './create.ts'
import { crop } from './crop.ts'
import type { Edit } from './edit.ts'
import { extend } from './extend.ts'
import { remove } from './remove.ts'
import { replaceBackground } from './replace-background.ts'
import { repaint } from './repaint.ts'
import { restyle } from './restyle.ts'
import { retouch } from './retouch.ts'
import { upscale } from './upscale.ts'
import { vary } from './vary.ts'

/** All that Enter may start. */
export const EDITS: Readonly<Record<EditId, Edit>> = {
  'create': create,
  'create-again': create,
  'create-in-new-document': create,
  'repaint': repaint,
  'remove': remove,
  'replace-background': replaceBackground,
  'retouch': retouch,
  'restyle': restyle,
  'vary': vary,
  'upscale': upscale,
  'extend': extend,
  'crop': crop,
}
