import type { ReactNode } from 'react'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { useEditorState, useSession } from '../engine/document-session.tsx'
import type { ButtonSize } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { useActions, useIsEnabled } from './editor-actions.ts'

/** Shows the picture as it was before, while it is held down. */
export function BeforeButton({ size = 'medium', children }: { size?: ButtonSize; children: ReactNode }) {
  const { editor } = useSession()
  const { keysOf } = useActions()
  const isShown = useEditorState((state) => state.isBeforeShown)
  const isEnabled = useIsEnabled('view.before')
  const show = (isBeforeShown: boolean) => isEnabled && editor.change({ isBeforeShown })
  return (
    <IconButton
      label={CANDIDATE_STRINGS.before}
      keys={keysOf('view.before')}
      size={size}
      isPressed={isShown}
      disabled={!isEnabled}
      onPointerDown={() => show(true)}
      onPointerUp={() => show(false)}
      onPointerLeave={() => show(false)}
      onKeyDown={({ key }) => (key === ' ' || key === 'Enter') && show(true)}
      onKeyUp={() => show(false)}
      onBlur={() => show(false)}
    >
      {children}
    </IconButton>
  )
}
