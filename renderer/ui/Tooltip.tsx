import type { ReactNode } from 'react'
import { Tooltip as Primitive } from 'radix-ui'
import { Keys } from './Keys.tsx'
import styles from './Tooltip.module.css'

export type TooltipSide = 'top' | 'right' | 'bottom' | 'left' | undefined

/** In milliseconds. Long enough not to follow a pointer that only passes by. */
const DELAY_MS = 450

export function TooltipProvider({ children }: { children: ReactNode }) {
  return <Primitive.Provider delayDuration={DELAY_MS}>{children}</Primitive.Provider>
}

export interface TooltipProps {
  label: string
  hint?: string | undefined
  keys?: readonly string[] | undefined
  side?: TooltipSide
  /** One element that takes a ref. */
  children: ReactNode
}

export function Tooltip({ label, hint, keys, side = 'top', children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={styles.tooltip} side={side} sideOffset={7} collisionPadding={8}>
          <span className={styles.line}>
            {label}
            {keys && <Keys keys={keys} />}
          </span>
          {hint && <span className={styles.hint}>{hint}</span>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
