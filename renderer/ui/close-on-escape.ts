import type { KeyboardEvent } from 'react'

/**
 * For the content of a modal dialog: Radix gives Escape to whatever came last, which may be a notice. Whoever has taken the
 * key prevents its default.
 */
export function closeOnEscape(onClose: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose()
  }
}

/** Whether Escape is a dialog's to hear. */
export function isModalOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null
}
