import type { ReactNode } from 'react'
import { ChevronDown, PenTool, PinOff, RotateCcw } from 'lucide-react'
import { useStore } from 'zustand'
import type { CommandId } from '../../electron/api/menu.ts'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import { COMMAND_LABELS } from '../../electron/api/strings/menu.ts'
import type { ToolId } from '../canvas/tools/tool.ts'
import type { ViewportStore } from '../canvas/viewport-store.ts'
import { useDocumentState, useSession } from '../engine/document-session.tsx'
import { useActions, useIsEnabled } from '../panels/editor-actions.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuItem, MenuLine } from '../ui/Menu.tsx'
import { Slider } from '../ui/Slider.tsx'
import { joinClasses } from '../ui/class-names.ts'
import { BrushSize } from './BrushSize.tsx'
import { LikenessOptions } from './LikenessOptions.tsx'
import { PatchOptions, SettleButton } from './PatchOptions.tsx'
import styles from './EditorScreen.module.css'

const PAINTING_TOOLS: readonly ToolId[] = ['brush', 'eraser']

/** What can be set of the tool in hand, and what can be done with the mask. */
export function ToolOptions({ viewport }: { viewport: ViewportStore }) {
  const tool = useStore(viewport, (state) => state.tool)
  return (
    <div className={joinClasses(styles.options, styles.middle)} role="group" aria-label={TOOL_STRINGS.options}>
      {PAINTING_TOOLS.includes(tool) ? (
        <BrushOptions viewport={viewport} />
      ) : (
        (OPTIONS[tool]?.(viewport) ?? <p className={styles.hint}>{TOOL_STRINGS.hints[tool]}</p>)
      )}
      {BUTTONS[tool] ?? <MaskMenu />}
    </div>
  )
}

function ClearPinsButton() {
  const { run } = useActions()
  return (
    <Button kind="ghost" disabled={!useIsEnabled('pins.clear')} onClick={() => run('pins.clear')}>
      <PinOff size={14} />
      {TOOL_STRINGS.clearPins}
    </Button>
  )
}

function BrushOptions({ viewport }: { viewport: ViewportStore }) {
  const hardness = useStore(viewport, (state) => state.brushHardness)
  const isPressureUsed = useStore(viewport, (state) => state.isPressureUsed)
  return (
    <>
      <BrushSize viewport={viewport} />
      <div className={styles.option}>
        {TOOL_STRINGS.hardness}
        <Slider
          label={TOOL_STRINGS.hardness}
          value={hardness}
          min={0}
          max={1}
          step={0.05}
          valueText={TOOL_STRINGS.hardnessValue(hardness)}
          onChange={(next) => viewport.setBrush({ hardness: next })}
        />
      </div>
      <IconButton
        label={TOOL_STRINGS.pressure}
        tooltipSide="bottom"
        isPressed={isPressureUsed}
        onClick={() => viewport.setBrush({ isPressureUsed: !isPressureUsed })}
      >
        <PenTool size={15} />
      </IconButton>
    </>
  )
}

const MASK_MENU: readonly (CommandId | null)[] = [
  'mask.invert',
  'mask.all',
  'mask.clear',
  'mask.restore',
  null,
  'mask.grow',
  'mask.shrink',
  null,
  'mask.load',
  'mask.save',
]

function MaskMenu() {
  return (
    <Menu
      align="end"
      trigger={
        <Button kind="ghost">
          {TOOL_STRINGS.maskMenu}
          <ChevronDown size={14} />
        </Button>
      }
    >
      {MASK_MENU.map((command, i) => (command === null ? <MenuLine key={i} /> : <CommandItem key={command} command={command} />))}
    </Menu>
  )
}

export function CommandItem({ command }: { command: CommandId }) {
  const { run, keysOf } = useActions()
  const isEnabled = useIsEnabled(command)
  return (
    <MenuItem keys={keysOf(command)} isDisabled={!isEnabled} onSelect={() => run(command)}>
      {COMMAND_LABELS[command]}
    </MenuItem>
  )
}

function ResetFrameButton() {
  const { store } = useSession()
  const frame = useDocumentState((state) => state.document.frame)
  return (
    <Button kind="ghost" disabled={frame === null} onClick={() => store.dispatch({ type: 'clear-frame' })}>
      <RotateCcw size={14} />
      {TOOL_STRINGS.resetFrame}
    </Button>
  )
}

/** Instead of the hint. */
const OPTIONS: Partial<Record<ToolId, (viewport: ViewportStore) => ReactNode>> = {
  likeness: () => <LikenessOptions />,
  patch: (viewport) => <PatchOptions viewport={viewport} />,
}
/** Instead of the mask's menu. */
const BUTTONS: Partial<Record<ToolId, ReactNode>> = { frame: <ResetFrameButton />, pin: <ClearPinsButton />, patch: <SettleButton /> }
