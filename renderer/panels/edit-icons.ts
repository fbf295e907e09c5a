import { Brush, Crop, Eraser, Expand, FilePlus2, Palette, RefreshCw, Shuffle, Sparkles, WandSparkles, type LucideIcon } from 'lucide-react'
import type { EditId } from '../../electron/api/strings/edits.ts'

export const EDIT_ICONS: Readonly<Record<EditId, LucideIcon>> = {
  'create': Sparkles,
  'create-again': RefreshCw,
  'create-in-new-document': FilePlus2,
  'repaint': Brush,
  'remove': Eraser,
  'retouch': WandSparkles,
  'restyle': Palette,
  'vary': Shuffle,
  'extend': Expand,
  'crop': Crop,
}
