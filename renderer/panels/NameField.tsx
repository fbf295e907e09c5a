import { useEffect, useRef } from 'react'
import { START_SCREEN_STRINGS as STRINGS } from '../../electron/api/strings/start-screen.ts'
import { TextInput } from '../ui/TextInput.tsx'

interface NameFieldProps {
  name: string
  onRename: (name: string) => void
  /** Renamed or not. */
  onEnd: () => void
}

/** A document's name being changed: Enter or leaving takes it, Escape does not. */
export function NameField({ name, onRename, onEnd }: NameFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const isCancelled = useRef(false)
  useEffect(() => {
    // After the menu that opened it has given the focus back.
    const frame = requestAnimationFrame(() => input.current?.select())
    return () => cancelAnimationFrame(frame)
  }, [])
  const finish = () => {
    const next = input.current?.value.trim() ?? ''
    if (!isCancelled.current && next !== '' && next !== name) onRename(next)
    onEnd()
  }
  return (
    <TextInput
      ref={input}
      defaultValue={name}
      maxLength={200}
      aria-label={STRINGS.nameLabel}
      autoFocus
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Escape') isCancelled.current = true
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur()
        event.stopPropagation()
      }}
    />
  )
}
