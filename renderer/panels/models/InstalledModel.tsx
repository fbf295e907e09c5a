import { useState } from 'react'
import { EngineError } from '../../../electron/api/errors.ts'
import type { PackCard, PackSummary } from '../../../electron/api/packs.ts'
import { MODELS_STRINGS as STRINGS } from '../../../electron/api/strings/models-dialog.ts'
import type { EngineClient } from '../../engine/engine-client.ts'
import { useEngine } from '../../engine/engine-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { SelectInput } from '../../ui/SelectInput.tsx'
import { ModelCard } from './ModelCard.tsx'
import type { ModelsDialogProps } from './ModelsDialog.tsx'
import styles from './ModelsDialog.module.css'

interface InstalledModelProps extends Pick<ModelsDialogProps, 'showInFolder'> {
  pack: PackSummary
  isInUse: boolean
  onUse: () => void
}

/** One installed model: what it is, what it takes, and what can be done with it. */
export function InstalledModel({ pack, isInUse, onUse, showInFolder }: InstalledModelProps) {
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
  const nameOf = (option: string) => precision.options.find((each) => each.id === option)?.name ?? option
  const choose = (choice: string) =>
    client.choosePrecision(id, choice).then(
      () => library.refreshPacks(),
      (thrown: unknown) => setProblem(EngineError.from(thrown).message),
    )
  return (
    <Field label={STRINGS.precision} hint={problem ?? precision.reason}>
      {(controlId, hintId) => (
        <SelectInput
          id={controlId}
          aria-describedby={hintId}
          value={precision.choice}
          onChange={({ target }) => void choose(target.value)}
        >
          <option value="auto">{STRINGS.automatic(nameOf(precision.used))}</option>
          {precision.options.map((option) => (
            <option key={option.id} value={option.id}>
              {STRINGS.precisionOption(option.name, option.memoryBytes)}
            </option>
          ))}
        </SelectInput>
      )}
    </Field>
  )
}

/** What the last button that was pressed led to. */
type Outcome = { readonly kind: 'busy' | 'told' | 'failed'; readonly text: string } | { readonly kind: 'card'; readonly card: PackCard }

async function verifyFiles(client: EngineClient, packId: string): Promise<Outcome> {
  const { files } = await client.verifyPack(packId)
  const broken = files.filter(({ isIntact }) => !isIntact).map(({ path }) => path)
  return broken.length === 0 ? { kind: 'told', text: STRINGS.intact } : { kind: 'failed', text: STRINGS.notIntact(broken.join(', ')) }
}

function PackActions({ pack: { id, name, bytes, sharedBytes, isRemovable }, showInFolder }: Pick<InstalledModelProps, 'pack' | 'showInFolder'>) {
  const { client, library } = useEngine()
  const [outcome, setOutcome] = useState<Outcome>()
  const [isAsking, setIsAsking] = useState(false)
  const attempt = (action: () => Promise<Outcome | undefined>) =>
    action().then(setOutcome, (thrown: unknown) => setOutcome({ kind: 'failed', text: EngineError.from(thrown).message }))

  const verify = () => {
    setOutcome({ kind: 'busy', text: STRINGS.verifying })
    return verifyFiles(client, id)
  }
  const showFolder = async (): Promise<Outcome | undefined> => {
    const { path, fileId } = await client.getPackFolder(id)
    if (!showInFolder) return { kind: 'told', text: STRINGS.folder(path) }
    await showInFolder(fileId)
    return undefined
  }
  const remove = async () => {
    await client.removePack(id)
    await library.refreshPacks()
    return undefined
  }
  return (
    <>
      <div className={styles.actions}>
        <Button size="small" disabled={outcome?.kind === 'busy'} onClick={() => void attempt(verify)}>
          {STRINGS.verify}
        </Button>
        <Button size="small" onClick={() => void attempt(showFolder)}>
          {STRINGS.showFolder}
        </Button>
        <Button
          size="small"
          aria-expanded={outcome?.kind === 'card'}
          onClick={() =>
            void attempt(async () => (outcome?.kind === 'card' ? undefined : { kind: 'card', card: await client.getPackCard(id) }))
          }
        >
          {STRINGS.card}
        </Button>
        {isRemovable && (
          <Button size="small" kind="ghost" onClick={() => setIsAsking(true)}>
            {STRINGS.remove}
          </Button>
        )}
      </div>
      {outcome?.kind === 'card' && <ModelCard {...outcome.card} emptyText={STRINGS.noCard} />}
      <p className={outcome?.kind === 'failed' ? styles.failed : styles.detail} role="status">
        {outcome && outcome.kind !== 'card' && outcome.text}
      </p>
      <ConfirmDialog
        isOpen={isAsking}
        title={STRINGS.removeTitle(name)}
        description={STRINGS.removeDetail(bytes - sharedBytes)}
        confirmLabel={STRINGS.confirmRemove}
        cancelLabel={STRINGS.keep}
        onConfirm={() => void attempt(remove)}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}
