import type { ComponentProps, ReactNode } from 'react'
import { joinClasses } from './class-names.ts'
import { Tooltip, type TooltipSide } from './Tooltip.tsx'
import type { ButtonKind, ButtonSize } from './Button.tsx'
import styles from './Button.module.css'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** Names the button for screen readers and in its tooltip. */
  label: string
  /** A second line of the tooltip, in plain words. */
  hint?: string | undefined
  /** Shown in the tooltip, one cap each, such as `['Ctrl', 'Z']`. */
  keys?: readonly string[] | undefined
  kind?: ButtonKind
  size?: ButtonSize
  /** For buttons that stay down. */
  isPressed?: boolean
  /** How that is seen: a choice among several is lit in the accent's colour, a mere switch fades when it is up. */
  pressedLook?: 'choice' | 'switch'
  tooltipSide?: TooltipSide
  children: ReactNode
}

/** A square button with an icon. `disabled` keeps it focusable, so that its tooltip can still be read. */
export function IconButton(props: IconButtonProps) {
  const { label, hint, keys, kind = 'ghost', size = 'medium', isPressed, pressedLook = 'choice', tooltipSide, ...button } = props
  const { className, disabled, onClick, ...rest } = button
  const isLit = pressedLook === 'choice' && isPressed
  const isFaded = pressedLook === 'switch' && !isPressed
  return (
    <Tooltip label={label} hint={hint} keys={keys} side={tooltipSide}>
      <button
        type="button"
        className={joinClasses(
          styles.button,
          styles.icon,
          styles[kind],
          styles[size],
          isLit && styles.pressed,
          isFaded && styles.switchedOff,
          className,
        )}
        aria-label={label}
        aria-pressed={isPressed}
        aria-disabled={disabled ? true : undefined}
        onClick={disabled ? undefined : onClick}
        {...rest}
      />
    </Tooltip>
  )
}
