import type { ReactNode } from 'react'
import { Popover as Primitive } from 'radix-ui'
import styles from './Popover.module.css'

export interface PopoverProps {
  label: string
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  /** One element that takes a ref: the button. */
  trigger: ReactNode
  side?: 'top' | 'right' | 'bottom' | 'left'
  align?: 'start' | 'center' | 'end'
  children: ReactNode
}

export function Popover({ label, isOpen, onOpenChange, trigger, side = 'top', align = 'center', children }: PopoverProps) {
  const control = { ...(isOpen !== undefined && { open: isOpen }), ...(onOpenChange && { onOpenChange }) }
  return (
    <Primitive.Root {...control}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className={styles.popover}
          aria-label={label}
          side={side}
          align={align}
          sideOffset={10}
          collisionPadding={12}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
