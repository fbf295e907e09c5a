import { MAX_ADAPTER_STRENGTH } from '../../electron/api/edits.ts'
import { EDIT_OPTION_STRINGS, nameStrength } from '../../electron/api/strings/edit-options.ts'
import type { EditOptions } from '../document/edits/edit.ts'
import { usePack } from '../engine/engine-hooks.ts'
import { SelectInput } from '../ui/SelectInput.tsx'
import { Slider } from '../ui/Slider.tsx'
import styles from './PromptBox.module.css'

const { choose, none, strength: strengthLabel } = EDIT_OPTION_STRINGS.adapter

interface AdapterFieldProps {
  id?: string | undefined
  describedBy?: string | undefined
  value: EditOptions['adapter'] | null
  onChange: (next: EditOptions['adapter']) => void
}

/** One of the styles that were added to the pack, and how strongly it is drawn in. */
export function AdapterField({ id, describedBy, value, onChange }: AdapterFieldProps) {
  const pack = usePack()
  const chosen = pack?.adapters.find((adapter) => adapter.id === value?.id)
  const strength = value?.strength ?? 1
  return (
    <div className={styles.adapter}>
      <SelectInput
        id={id}
        aria-label={choose}
        aria-describedby={describedBy}
        value={chosen?.id ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? undefined : { id: target.value, strength })}
      >
        <option value="">{none}</option>
        {(pack?.adapters ?? []).map((adapter) => (
          <option key={adapter.id} value={adapter.id}>
            {adapter.name}
          </option>
        ))}
      </SelectInput>
      {chosen && (
        <Slider
          label={strengthLabel}
          value={strength}
          min={0}
          max={MAX_ADAPTER_STRENGTH}
          step={0.05}
          valueText={nameStrength(strength)}
          onChange={(next) => onChange({ id: chosen.id, strength: next })}
        />
      )}
    </div>
  )
}
