import type { ReactNode } from 'react'
import type { CommandId } from '../../electron/api/menu.ts'
import { COMMAND_LABELS } from '../../electron/api/strings/menu.ts'
import type { ButtonSize } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import type { TooltipSide } from '../ui/Tooltip.tsx'
import { useActions, useIsEnabled } from './editor-actions.ts'

export interface CommandButtonProps {
  command: CommandId
  /** The command's own label, where left out. */
  label?: string
  hint?: string
  size?: ButtonSize
  isPressed?: boolean
  pressedLook?: 'choice' | 'switch'
  tooltipSide?: TooltipSide
  children: ReactNode
}

/** An icon button for a command: its name and keys in the tooltip, disabled where it would do nothing. */
export function CommandButton({ command, label = COMMAND_LABELS[command], children, ...rest }: CommandButtonProps) {
  const { run, keysOf } = useActions()
  const isEnabled = useIsEnabled(command)
  return (
    <IconButton label={label} keys={keysOf(command)} disabled={!isEnabled} onClick={() => run(command)} {...rest}>
      {children}
    </IconButton>
  )
}
