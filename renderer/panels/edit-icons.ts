import { Brush, Crop, Eraser, Expand, FilePlus2, Mountain, Palette, RefreshCw, Shuffle, Sparkles, WandSparkles, ZoomIn, type LucideIcon } from 'lucide-react'
import type { EditId } from '../../electron/api/strings/edits.ts'

export const EDIT_ICONS: Readonly<Record<EditId, LucideIcon>> = {
  'create': Sparkles,
  'create-again': RefreshCw,
  'create-in-new-document': FilePlus2,
  'repaint': Brush,
  'remove': Eraser,
  'replace-background': Mountain,
  'retouch': WandSparkles,
  'restyle': Palette,
  'vary': Shuffle,
  'upscale': ZoomIn,
  'extend': Expand,
  'crop': Crop,
}
