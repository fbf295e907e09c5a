import type { ReactNode } from 'react'
import { ChevronRight } from 'lucide-react'
import { DropdownMenu as Primitive } from 'radix-ui'
import { joinClasses } from './class-names.ts'
import { Keys } from './Keys.tsx'
import styles from './Popover.module.css'

export interface MenuProps {
  trigger: ReactNode
  align?: 'start' | 'end'
  children: ReactNode
}

/** A drop-down menu. Not modal: Radix's scroll lock would write a <style> element, which our policy refuses. */
export function Menu({ trigger, align = 'start', children }: MenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={styles.menu} align={align} sideOffset={6} collisionPadding={10}>
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
