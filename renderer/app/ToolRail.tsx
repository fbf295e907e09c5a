import { Blend, Brush, Eraser, Frame, Hand, Lasso, SquareDashed, Eye, EyeOff, Grid3x3, Pin, WandSparkles, type LucideIcon } from 'lucide-react'
import { useStore } from 'zustand'
import type { CommandId } from '../../electron/api/menu.ts'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import type { ToolId } from '../canvas/tools/tool.ts'
import type { ViewportStore } from '../canvas/viewport-store.ts'
import { CommandButton } from '../panels/CommandButton.tsx'
import styles from './EditorScreen.module.css'

const TOOLS: readonly { tool: ToolId; command: CommandId; icon: LucideIcon }[] = [
  { tool: 'brush', command: 'tool.brush', icon: Brush },
  { tool: 'eraser', command: 'tool.eraser', icon: Eraser },
  { tool: 'rectangle', command: 'tool.rectangle', icon: SquareDashed },
  { tool: 'lasso', command: 'tool.lasso', icon: Lasso },
  { tool: 'frame', command: 'tool.frame', icon: Frame },
  { tool: 'likeness', command: 'tool.likeness', icon: WandSparkles },
  { tool: 'pin', command: 'tool.pin', icon: Pin },
  { tool: 'patch', command: 'tool.patch', icon: Blend },
  { tool: 'pan', command: 'tool.pan', icon: Hand },
]

export function ToolRail({ viewport }: { viewport: ViewportStore }) {
  const selected = useStore(viewport, (state) => state.tool)
  const isMaskVisible = useStore(viewport, (state) => state.isMaskVisible)
  const areCellsVisible = useStore(viewport, (state) => state.areCellsVisible)
  const MaskIcon = isMaskVisible ? Eye : EyeOff
  return (
    <nav className={styles.rail} aria-label={TOOL_STRINGS.tools}>
      {TOOLS.map(({ tool, command, icon: Icon }) => (
        <CommandButton
          key={tool}
          command={command}
          hint={TOOL_STRINGS.hints[tool]}
          size="large"
          tooltipSide="right"
          isPressed={selected === tool}
        >
          <Icon size={18} />
        </CommandButton>
      ))}
      <div className={styles.railLine} />
      <CommandButton command="mask.toggle-visible" size="large" tooltipSide="right" isPressed={isMaskVisible} pressedLook="switch">
        <MaskIcon size={18} />
      </CommandButton>
      <CommandButton command="view.cells" size="large" tooltipSide="right" isPressed={areCellsVisible} pressedLook="switch">
        <Grid3x3 size={18} />
      </CommandButton>
    </nav>
  )
}
