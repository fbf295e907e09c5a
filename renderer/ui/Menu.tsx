import type { KeyboardEvent, ReactNode } from 'react'
import { ChevronRight } from 'lucide-react'
import { DropdownMenu as Primitive } from 'radix-ui'
import { joinClasses } from './class-names.ts'
import { Keys } from './Keys.tsx'
import styles from './Popover.module.css'

export interface MenuProps {
  trigger: ReactNode
  side?: 'top' | 'bottom'
  align?: 'start' | 'end'
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  /** Where the focus goes when it closes; to the trigger where left out. */
  onClosed?: () => void
  /** Keys of the open menu's own. */
  onKeyDown?: (event: KeyboardEvent) => void
  children: ReactNode
}

/** A drop-down menu. Not modal: Radix's scroll lock would write a <style> element, which our policy refuses. */
export function Menu({ trigger, side = 'bottom', align = 'start', isOpen, onOpenChange, onClosed, onKeyDown, children }: MenuProps) {
  const control = { ...(isOpen !== undefined && { open: isOpen }), ...(onOpenChange && { onOpenChange }) }
  const close = (event: Event) => {
    event.preventDefault()
    onClosed?.()
  }
  return (
    <Primitive.Root modal={false} {...control}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className={styles.menu}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={10}
          {...(onClosed && { onCloseAutoFocus: close })}
          {...(onKeyDown && { onKeyDown })}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export interface MenuItemProps {
  icon?: ReactNode
  keys?: readonly string[] | undefined
  isDangerous?: boolean
  isDisabled?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, keys, isDangerous, isDisabled = false, onSelect, children }: MenuItemProps) {
  return (
    <Primitive.Item
      className={joinClasses(styles.item, isDangerous && styles.danger)}
      disabled={isDisabled}
      onSelect={onSelect}
    >
      {icon}
      {children}
      {keys && (
        <span className={styles.end}>
          <Keys keys={keys} />
        </span>
      )}
    </Primitive.Item>
  )
}

export interface MenuChoicesProps {
  /** Above the choices; also what they are called together. */
  title: string
  value: string
  onChange: (value: string) => void
  children: ReactNode
}

/** One choice of several, of which one is taken. */
export function MenuChoices({ title, value, onChange, children }: MenuChoicesProps) {
  return (
    <Primitive.RadioGroup aria-label={title} value={value} onValueChange={onChange}>
      <Primitive.Label className={styles.title}>{title}</Primitive.Label>
      {children}
    </Primitive.RadioGroup>
  )
}

export interface MenuChoiceProps {
  value: string
  label: string
  detail: string
  icon: ReactNode
  keys?: readonly string[] | undefined
  /** Beside the label. */
  badge?: string | undefined
  isDisabled?: boolean
}

export function MenuChoice({ value, label, detail, icon, keys, badge, isDisabled = false }: MenuChoiceProps) {
  return (
    <Primitive.RadioItem className={joinClasses(styles.item, styles.choice)} value={value} disabled={isDisabled}>
      {icon}
      <span className={styles.choiceText}>
        <span className={styles.choiceLabel}>
          {label}
          {badge && <span className={styles.badge}>{badge}</span>}
        </span>
        <span className={styles.detail}>{detail}</span>
      </span>
      {keys && (
        <span className={styles.end}>
          <Keys keys={keys} />
        </span>
      )}
    </Primitive.RadioItem>
  )
}

export function SubMenu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Primitive.Sub>
      <Primitive.SubTrigger className={styles.item}>
        {label}
        <ChevronRight className={styles.end} size={14} />
      </Primitive.SubTrigger>
      <Primitive.Portal>
        <Primitive.SubContent className={styles.menu} sideOffset={4} collisionPadding={10}>
          {children}
        </Primitive.SubContent>
      </Primitive.Portal>
    </Primitive.Sub>
  )
}

export function MenuLine() {
  return <Primitive.Separator className={styles.line} />
}
