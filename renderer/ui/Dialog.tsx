import type { ReactNode } from 'react'
import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import { Button } from './Button.tsx'
import { joinClasses } from './class-names.ts'
import { closeOnEscape } from './close-on-escape.ts'
import styles from './Dialog.module.css'

export interface DialogProps {
  isOpen: boolean
  onClose: () => void
  title: string
  description?: string | undefined
  closeLabel: string
  isWide?: boolean
  /** What Enter does while the focus is on the dialog itself, as it is when it opens. */
  onEnter?: (() => void) | undefined
  /** Buttons at the bottom; they stay in sight when the body scrolls. */
  actions?: ReactNode
  children: ReactNode
}

/** The dialog itself gets the focus, so that it is read out and no button is lit before the user does anything. */
function focusContent(event: Event) {
  event.preventDefault()
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
}

/**
 * A modal dialog. The scrim is ours and not Radix's overlay, whose scroll lock writes a <style> element that our content
 * security policy refuses; the page behind never scrolls anyway.
 */
export function Dialog({ isOpen, onClose, title, description, closeLabel, isWide, onEnter, actions, children }: DialogProps) {
  return (
    <Primitive.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <div className={styles.scrim} />
        <div className={styles.place}>
          <Primitive.Content
            className={joinClasses(styles.dialog, isWide && styles.wide)}
            aria-modal
            onOpenAutoFocus={focusContent}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && event.target === event.currentTarget) onEnter?.()
              else closeOnEscape(onClose)(event)
            }}
            {...(description === undefined && { 'aria-describedby': undefined })}
          >
            <header className={styles.head}>
              <div className={styles.titles}>
                <Primitive.Title className={styles.title}>{title}</Primitive.Title>
                {description && <Primitive.Description className={styles.description}>{description}</Primitive.Description>}
              </div>
              {/* Without a tooltip: it would open with the focus, and Escape would close it in the dialog's stead. */}
              <Button className={styles.close} kind="ghost" aria-label={closeLabel} onClick={onClose}>
                <X size={16} />
              </Button>
            </header>
            {/* Reachable, so that it can be scrolled by keys where nothing in it has the focus. */}
            <div className={styles.body} tabIndex={0}>
              {children}
            </div>
            {actions && <footer className={styles.actions}>{actions}</footer>}
          </Primitive.Content>
        </div>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
