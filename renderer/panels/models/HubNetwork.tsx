import { useState } from 'react'
import { settingsSchema, type Settings } from '../../../electron/api/settings.ts'
import { ADD_MODEL_STRINGS as STRINGS } from '../../../electron/api/strings/models-dialog.ts'
import { useLibrary } from '../../engine/engine-hooks.ts'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import styles from './ModelsDialog.module.css'

const { hubEndpoint: endpointSchema, proxy: proxySchema } = settingsSchema.shape

/** Where downloads come from and through what they go, for those whose network asks for it. */
export function HubNetwork({ onChange }: { onChange: (change: Partial<Settings>) => void }) {
  const { hubEndpoint, proxy } = useLibrary((state) => state.settings)
  return (
    <details className={styles.network}>
      <summary>{STRINGS.network}</summary>
      <div className={styles.group}>
        <AddressField
          label={STRINGS.endpoint}
          hint={STRINGS.endpointHint}
          address={hubEndpoint}
          read={(typed) => endpointSchema.safeParse(typed === '' ? undefined : typed).data}
          onChange={(next) => onChange({ hubEndpoint: next })}
        />
        <AddressField
          label={STRINGS.proxy}
          hint={STRINGS.proxyHint}
          address={proxy}
          read={(typed) => proxySchema.safeParse(typed === '' ? null : typed).data}
          onChange={(next) => onChange({ proxy: next })}
        />
      </div>
    </details>
  )
}

interface AddressFieldProps<Address extends string | null> {
  label: string
  hint: string
  address: Address
  /** undefined where what was typed is no address. */
  read: (typed: string) => Address | undefined
  onChange: (address: Address) => void
}

/** Taken over when it is left or Enter is pressed. */
function AddressField<Address extends string | null>({ label, hint, address, read, onChange }: AddressFieldProps<Address>) {
  const [typed, setTyped] = useState<string>()
  const [isBad, setIsBad] = useState(false)
  const take = () => {
    if (typed === undefined) return
    const next = read(typed.trim())
    setIsBad(next === undefined)
    if (next === undefined) return
    setTyped(undefined)
    if (next !== address) onChange(next)
  }
  return (
    <Field label={label} hint={isBad ? STRINGS.badAddress : hint}>
      {(id, hintId) => (
        <TextInput
          id={id}
          aria-describedby={hintId}
          aria-invalid={isBad}
          spellCheck={false}
          value={typed ?? address ?? ''}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={take}
          onKeyDown={({ key }) => key === 'Enter' && take()}
        />
      )}
    </Field>
  )
}
