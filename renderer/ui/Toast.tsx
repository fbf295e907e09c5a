import { useRef, type ReactNode } from 'react'
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { Toast as Primitive } from 'radix-ui'
import { Button } from './Button.tsx'
import { joinClasses } from './class-names.ts'
import { isModalOpen } from './close-on-escape.ts'
import { IconButton } from './IconButton.tsx'
import styles from './Toast.module.css'

export type ToastKind = 'info' | 'success' | 'error'
const ICONS = { info: Info, success: CircleCheck, error: CircleAlert } as const

export function ToastProvider({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Primitive.Provider label={label} swipeDirection="right">
      {children}
      <Primitive.Viewport className={styles.viewport} />
    </Primitive.Provider>
  )
}

export interface ToastProps {
  kind: ToastKind
  title: string
  detail?: string | undefined
  action?: { label: string; onAct: () => void } | undefined
  closeLabel: string
  /** Infinity = until closed. */
  durationMs: number
  onClose: () => void
}

export function Toast({ kind, title, detail, action, closeLabel, durationMs, onClose }: ToastProps) {
  const Icon = ICONS[kind]
  // Escape closes an open dialog first, and then what lies behind it.
  const isDialogsEscape = useRef(false)
  const root = useRef<HTMLLIElement>(null)
  const hearEscape = ({ target }: Event) => {
    isDialogsEscape.current = isModalOpen() && !root.current?.contains(target as Node)
  }
  const change = (isOpen: boolean) => {
    if (!isOpen && !isDialogsEscape.current) onClose()
    isDialogsEscape.current = false
  }
  return (
    <Primitive.Root
      className={joinClasses(styles.toast, styles[kind])}
      duration={durationMs}
      type={kind === 'error' ? 'foreground' : 'background'}
      ref={root}
      open
      onEscapeKeyDown={hearEscape}
      onOpenChange={change}
    >
      <Icon className={styles.icon} size={16} />
      <div>
        <Primitive.Title className={styles.title}>{title}</Primitive.Title>
        {detail && <Primitive.Description className={styles.detail}>{detail}</Primitive.Description>}
        {action && (
          <Primitive.Action asChild altText={action.label}>
            <Button className={styles.action} size="small" kind="primary" onClick={action.onAct}>
              {action.label}
            </Button>
          </Primitive.Action>
        )}
      </div>
      <Primitive.Close asChild>
        <IconButton label={closeLabel} size="small">
          <X size={14} />
        </IconButton>
      </Primitive.Close>
    </Primitive.Root>
  )
}
