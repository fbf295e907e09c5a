import { useState } from 'react'
import { EngineError } from '../../../electron/api/errors.ts'
import type { ModelInspection } from '../../../electron/api/installs.ts'
import { ADD_MODEL_STRINGS, INSPECTION_STRINGS as STRINGS } from '../../../electron/api/strings/models-dialog.ts'
import { useEngine } from '../../engine/engine-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { ModelCard } from './ModelCard.tsx'
import type { LookedAt } from './ModelsDialog.tsx'
import styles from './ModelsDialog.module.css'

/** All that is known of a model before it is installed: what it is, what it takes, and its licence to be accepted. */
export function InspectedModel({ lookedAt: { source, inspection }, onLeave }: { lookedAt: LookedAt; onLeave: () => void }) {
  const { client, installs } = useEngine()
  const [name, setName] = useState(inspection.name)
  const [isAccepted, setIsAccepted] = useState(false)
  const [state, setState] = useState<{ isStarting: boolean; problem?: string }>({ isStarting: false })
  const isBlocked = inspection.obstacles.some(({ isBlocking }) => isBlocking)
  const install = async () => {
    setState({ isStarting: true })
    try {
      installs.put(await client.startInstall({ source, name: name.trim(), isLicenceAccepted: isAccepted }))
      onLeave()
    } catch (thrown) {
      setState({ isStarting: false, problem: EngineError.from(thrown).message })
    }
  }
  return (
    <div className={styles.section}>
      {inspection.description && <p>{inspection.description}</p>}
      <Field label={STRINGS.name}>
        {(id) => <TextInput id={id} maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />}
      </Field>
      <Facts inspection={inspection} />
      {inspection.obstacles.map(({ kind, message, isBlocking }) => (
        <p key={kind} className={isBlocking ? styles.failed : styles.warning} role="note">
          {message}
        </p>
      ))}
      <ModelCard licence={inspection.licence} card={inspection.card} emptyText={STRINGS.noCard} />
      <Switch
        label={inspection.licence === null ? STRINGS.acceptUnknown : STRINGS.accept}
        isOn={isAccepted}
        isDisabled={isBlocked}
        onChange={setIsAccepted}
      />
      {state.problem && (
        <p className={styles.failed} role="alert">
          {state.problem}
        </p>
      )}
      <div className={styles.end}>
        <Button onClick={onLeave}>{ADD_MODEL_STRINGS.back}</Button>
        <Button
          kind="primary"
          disabled={!isAccepted || isBlocked || state.isStarting || name.trim() === ''}
          onClick={() => void install()}
        >
          {state.isStarting ? STRINGS.installing : STRINGS.install}
        </Button>
      </div>
    </div>
  )
}

function Facts({ inspection }: { inspection: ModelInspection }) {
  const { origin, family, defaultSize, downloadBytes, ownBytes, weightBytes, isShared, freeBytes, precisions } = inspection
  const facts: Record<Exclude<keyof typeof STRINGS.facts, 'licence'>, string> = {
    origin,
    family,
    size: STRINGS.pictureSize(defaultSize.width, defaultSize.height),
    download: STRINGS.download(downloadBytes),
    disk: STRINGS.disk(ownBytes, weightBytes, isShared, freeBytes),
    memory: STRINGS.memory(precisions),
  }
  return (
    <dl className={styles.facts}>
      {(Object.keys(facts) as (keyof typeof facts)[]).map((fact) => (
        <div key={fact} className={styles.fact}>
          <dt>{STRINGS.facts[fact]}</dt>
          <dd>{facts[fact]}</dd>
        </div>
      ))}
    </dl>
  )
}
