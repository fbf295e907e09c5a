import type { Settings } from '../../electron/api/settings.ts'
import { SETTINGS_STRINGS as STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import { useLibrary, usePack } from '../engine/engine-hooks.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { SelectInput } from '../ui/SelectInput.tsx'
import styles from './SettingsDialog.module.css'

interface PackSectionProps {
  onChange: (change: Partial<Settings>) => void
  onOpenModels: () => void
}

/** Which model is used, which cannot be, and the way to more. */
export function PackSection({ onChange, onOpenModels }: PackSectionProps) {
  const packs = useLibrary((state) => state.packs) ?? []
  const usable = packs.filter(({ problem }) => problem === null)
  const broken = packs.filter(({ problem }) => problem !== null)
  const pack = usePack()
  return (
    <section className={styles.section}>
      <h3>{STRINGS.model}</h3>
      {pack === null ? (
        <p>{broken.length === 0 ? STRINGS.noPacks : STRINGS.noUsablePacks}</p>
      ) : (
        <Field label={STRINGS.pack} hint={pack.description}>
          {(id, hintId) => (
            <SelectInput id={id} aria-describedby={hintId} value={pack.id} onChange={({ target }) => onChange({ packId: target.value })}>
              {usable.map(({ id: packId, name }) => (
                <option key={packId} value={packId}>
                  {name}
                </option>
              ))}
            </SelectInput>
          )}
        </Field>
      )}
      {broken.map(({ id, name, problem }) => (
        <p key={id} className={styles.problem}>
          {STRINGS.broken(name, problem ?? '')}
        </p>
      ))}
      <div>
        <Button onClick={onOpenModels}>{STRINGS.models}</Button>
      </div>
    </section>
  )
}
