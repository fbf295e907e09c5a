import { useState } from 'react'
import type { Settings } from '../../electron/api/settings.ts'
import { EngineError } from '../../electron/api/errors.ts'
import { SETTINGS_STRINGS as STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import { useEngine } from '../engine/engine-context.tsx'
import { useLibrary, usePack } from '../engine/engine-hooks.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { SelectInput } from '../ui/SelectInput.tsx'
import styles from './SettingsDialog.module.css'

/** Which pack is used, what it is, and whether its files are whole. */
export function PackSection({ onChange }: { onChange: (change: Partial<Settings>) => void }) {
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
        <>
          <Field label={STRINGS.pack} hint={pack.description}>
            {(id, hintId) => (
              <SelectInput
                id={id}
                aria-describedby={hintId}
                value={pack.id}
                onChange={({ target }) => onChange({ packId: target.value })}
              >
                {usable.map(({ id: packId, name }) => (
                  <option key={packId} value={packId}>
                    {name}
                  </option>
                ))}
              </SelectInput>
            )}
          </Field>
          <p className={styles.detail}>
            {STRINGS.packDetail(pack.version, pack.licence, pack.bytes)}
            <br />
            {pack.attribution}
          </p>
          <VerifyButton key={pack.id} packId={pack.id} />
        </>
      )}
      {broken.map(({ id, name, problem }) => (
        <div key={id}>
          <p className={styles.problem}>{STRINGS.broken(name, problem ?? '')}</p>
          <VerifyButton packId={id} />
        </div>
      ))}
    </section>
  )
}

function VerifyButton({ packId }: { packId: string }) {
  const { client } = useEngine()
  const [isBusy, setIsBusy] = useState(false)
  const [result, setResult] = useState('')
  const verify = async () => {
    setIsBusy(true)
    try {
      const { files } = await client.verifyPack(packId)
      const broken = files.filter(({ isIntact }) => !isIntact).map(({ path }) => path)
      setResult(broken.length === 0 ? STRINGS.intact : STRINGS.notIntact(broken.join(', ')))
    } catch (thrown) {
      setResult(EngineError.from(thrown).message)
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <div className={styles.verify}>
      <Button disabled={isBusy} onClick={() => void verify()}>
        {isBusy ? STRINGS.verifying : STRINGS.verify}
      </Button>
      <span className={styles.detail} role="status">
        {result}
      </span>
    </div>
  )
}
