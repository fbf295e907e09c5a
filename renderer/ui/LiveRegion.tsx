import { VisuallyHidden } from './VisuallyHidden.tsx'

/** Read out by screen readers when its text changes. */
export function LiveRegion({ text }: { text: string }) {
  return (
    <VisuallyHidden>
      <div role="status" aria-live="polite" aria-atomic>
        {text}
      </div>
    </VisuallyHidden>
  )
}
