import { AlertDialog as Primitive } from 'radix-ui'
import { Button } from './Button.tsx'
import { closeOnEscape } from './close-on-escape.ts'
import styles from './Dialog.module.css'

export interface ConfirmDialogProps {
  isOpen: boolean
  title: string
  description: string
  confirmLabel: string
  cancelLabel: string
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that cannot be undone. Focus starts on the way back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, description, confirmLabel, cancelLabel, onConfirm, onClose } = props
  return (
    <Primitive.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <div className={styles.scrim} />
        <div className={styles.place}>
          <Primitive.Content className={styles.dialog} aria-modal onKeyDown={closeOnEscape(onClose)}>
            <div className={styles.confirm}>
              <div>
                <Primitive.Title className={styles.title}>{title}</Primitive.Title>
                <Primitive.Description className={styles.description}>{description}</Primitive.Description>
              </div>
              <div className={styles.buttons}>
                <Primitive.Cancel asChild>
                  <Button>{cancelLabel}</Button>
                </Primitive.Cancel>
                <Primitive.Action asChild>
                  <Button kind="danger" onClick={onConfirm}>
                    {confirmLabel}
                  </Button>
                </Primitive.Action>
              </div>
            </div>
          </Primitive.Content>
        </div>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
