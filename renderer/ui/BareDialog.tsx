import type { ReactNode } from 'react'
import { Dialog as Primitive } from 'radix-ui'
import { joinClasses } from './class-names.ts'
import { closeOnEscape } from './close-on-escape.ts'
import { VisuallyHidden } from './VisuallyHidden.tsx'
import styles from './Dialog.module.css'

/** A modal dialog without head or buttons, near the top of the window. Open while it is mounted. */
export function BareDialog({ label, onClose, children }: { label: string; onClose: () => void; children: ReactNode }) {
  return (
    <Primitive.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Primitive.Portal>
        <div className={styles.scrim} />
        <div className={joinClasses(styles.place, styles.high)}>
          <Primitive.Content
            className={joinClasses(styles.dialog, styles.palette)}
            aria-modal
            aria-describedby={undefined}
            onKeyDown={closeOnEscape(onClose)}
          >
            <VisuallyHidden>
              <Primitive.Title>{label}</Primitive.Title>
            </VisuallyHidden>
            {children}
          </Primitive.Content>
        </div>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
