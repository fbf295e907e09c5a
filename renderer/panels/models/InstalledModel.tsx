import { useState } from 'react'
import { EngineError } from '../../../electron/api/errors.ts'
import type { PackSummary } from '../../../electron/api/packs.ts'
import { MODELS_STRINGS as STRINGS } from '../../../electron/api/strings/models-dialog.ts'
import { useEngine } from '../../engine/engine-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { SelectInput } from '../../ui/SelectInput.tsx'
import type { ModelsDialogProps } from './ModelsDialog.tsx'
import { PackActions } from './PackActions.tsx'
import { PackStyles } from './PackStyles.tsx'
import styles from './ModelsDialog.module.css'

interface InstalledModelProps extends Pick<ModelsDialogProps, 'showInFolder' | 'chooseStyleFile'> {
  pack: PackSummary
  isInUse: boolean
  onUse: () => void
}

/** One installed model: what it is, what it takes, and what can be done with it. */
export function InstalledModel({ pack, isInUse, onUse, showInFolder, chooseStyleFile }: InstalledModelProps) {
  const { name, problem } = pack
  return (
    <li className={styles.model} aria-label={name}>
      <div className={styles.modelHead}>
        <h4 className={styles.name}>{name}</h4>
        {isInUse && <span className={styles.badge}>{STRINGS.inUse}</span>}
        {!isInUse && problem === null && (
          <Button size="small" aria-label={STRINGS.useNamed(name)} onClick={onUse}>
            {STRINGS.use}
          </Button>
        )}
      </div>
      {problem === null ? <PackFacts pack={pack} /> : <p className={styles.failed}>{problem}</p>}
      {pack.takesAdapters && <PackStyles pack={pack} chooseStyleFile={chooseStyleFile} />}
      <PackActions pack={pack} showInFolder={showInFolder} />
    </li>
  )
}

function PackFacts({ pack }: { pack: PackSummary }) {
  const { version, licence, bytes, sharedBytes, attribution } = pack
  return (
    <>
      {pack.description && <p>{pack.description}</p>}
      <p className={styles.detail}>
        {STRINGS.detail(version, licence, STRINGS.diskUse(bytes, sharedBytes))}
        {attribution && (
          <>
            <br />
            {attribution}
          </>
        )}
      </p>
      {pack.precision.options.length > 1 && <PrecisionField pack={pack} />}
    </>
  )
}

function PrecisionField({ pack: { id, precision } }: { pack: PackSummary }) {
  const { client, library } = useEngine()
  const [problem, setProblem] = useState<string>()
  const [making, setMaking] = useState<string>()
  const nameOf = (option: string) => precision.options.find((each) => each.id === option)?.name ?? option
  const choose = async (choice: string) => {
    setProblem(undefined)
    if (precision.options.some((option) => option.id === choice && !option.isWritten)) setMaking(choice)
    try {
      await client.choosePrecision(id, choice)
      await library.refreshPacks()
    } catch (thrown) {
      setProblem(EngineError.from(thrown).message)
    }
    setMaking(undefined)
  }
  const hint = making === undefined ? problem ?? precision.reason : STRINGS.makingPrecision(nameOf(making))
  return (
    <Field label={STRINGS.precision} hint={hint}>
      {(controlId, hintId) => (
        <SelectInput
          id={controlId}
          aria-describedby={hintId}
          value={making ?? precision.choice}
          disabled={making !== undefined}
          onChange={({ target }) => void choose(target.value)}
        >
          <option value="auto">{STRINGS.automatic(nameOf(precision.used))}</option>
          {precision.options.map((option) => (
            <option key={option.id} value={option.id}>
              {STRINGS.precisionOption(option.name, option.memoryBytes, option.isWritten)}
            </option>
          ))}
        </SelectInput>
      )}
    </Field>
  )
}
