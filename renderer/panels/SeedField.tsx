import { Copy, Lock, LockOpen } from 'lucide-react'
import { MAX_SEED } from '../../electron/api/edits.ts'
import { OPTION_STRINGS } from '../../electron/api/strings/prompt.ts'
import { useEditorState, useSession } from '../engine/document-session.tsx'
import { Field } from '../ui/Field.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { useActions } from './editor-actions.ts'
import styles from './PromptBox.module.css'

/** Shows the last seed; typing one, or the lock, uses it again. */
export function SeedField() {
  const { editor } = useSession()
  const { copyText } = useActions()
  const { seed, isSeedLocked } = useEditorState((state) => state.options)
  const Icon = isSeedLocked ? Lock : LockOpen
  return (
    <Field label={OPTION_STRINGS.seed} hint={OPTION_STRINGS.seedHint}>
      {(id, hintId) => (
        <div className={styles.seed}>
          <NumberInput
            id={id}
            describedBy={hintId}
            value={seed}
            min={0}
            max={MAX_SEED}
            placeholder={OPTION_STRINGS.seedRandom}
            isWide
            onChange={(next) => editor.setOptions({ seed: next, isSeedLocked: next !== null })}
          />
          <IconButton
            label={OPTION_STRINGS.copySeed}
            disabled={seed === null}
            onClick={() => seed !== null && copyText(String(seed))}
          >
            <Copy size={15} />
          </IconButton>
          <IconButton
            label={isSeedLocked ? OPTION_STRINGS.unlockSeed : OPTION_STRINGS.lockSeed}
            isPressed={isSeedLocked}
            disabled={seed === null}
            onClick={() => editor.setOptions({ isSeedLocked: !isSeedLocked })}
          >
            <Icon size={15} />
          </IconButton>
        </div>
      )}
    </Field>
  )
}
