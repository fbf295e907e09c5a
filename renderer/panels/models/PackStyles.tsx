import { useState } from 'react'
import { X } from 'lucide-react'
import { EngineError } from '../../../electron/api/errors.ts'
import type { AdapterRequest, PackSummary } from '../../../electron/api/packs.ts'
import { formatBytes } from '../../../electron/api/strings/numbers.ts'
import { STYLE_FILE_STRINGS as STRINGS } from '../../../electron/api/strings/models-dialog.ts'
import { useEngine } from '../../engine/engine-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Spinner } from '../../ui/Progress.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import type { ModelsDialogProps } from './ModelsDialog.tsx'
import styles from './ModelsDialog.module.css'

interface PackStylesProps extends Pick<ModelsDialogProps, 'chooseStyleFile'> {
  pack: PackSummary
}

/** The styles that were added to a model, and the way to more. */
export function PackStyles({ pack: { id, adapters }, chooseStyleFile }: PackStylesProps) {
  const { client, library } = useEngine()
  const [isAdding, setIsAdding] = useState(false)
  const [busy, setBusy] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const attempt = async (text: string, change: () => Promise<unknown>) => {
    setBusy(text)
    setProblem(undefined)
    try {
      await change()
      await library.refreshPacks()
      setIsAdding(false)
    } catch (thrown) {
      setProblem(EngineError.from(thrown).message)
    }
    setBusy(undefined)
  }
  const close = () => {
    setIsAdding(false)
    setProblem(undefined)
  }
  const add = (request: AdapterRequest) => attempt(STRINGS.adding, () => client.addAdapter(id, request))
  return (
    <div className={styles.group}>
      <StyleList
        adapters={adapters}
        isBusy={busy !== undefined}
        onRemove={(adapterId) => void attempt(STRINGS.removing, () => client.removeAdapter(id, adapterId))}
      />
      {isAdding ? (
        <AddStyle isBusy={busy !== undefined} chooseStyleFile={chooseStyleFile} onAdd={(request) => void add(request)} onCancel={close} />
      ) : (
        <div className={styles.actions}>
          <Button size="small" disabled={busy !== undefined} onClick={() => setIsAdding(true)}>
            {STRINGS.add}
          </Button>
        </div>
      )}
      <p className={styles.status} role="status">
        {busy !== undefined && (
          <>
            <Spinner /> {busy}
          </>
        )}
      </p>
      {problem && (
        <p className={styles.failed} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

interface StyleListProps extends Pick<PackSummary, 'adapters'> {
  isBusy: boolean
  onRemove: (adapterId: string) => void
}

function StyleList({ adapters, isBusy, onRemove }: StyleListProps) {
  if (adapters.length === 0) return null
  return (
    <ul className={styles.styleList} aria-label={STRINGS.title}>
      {adapters.map((adapter) => (
        <li key={adapter.id} className={styles.style}>
          <span>{adapter.name}</span>
          <span className={styles.detail}>{formatBytes(adapter.bytes)}</span>
          <IconButton label={STRINGS.remove(adapter.name)} disabled={isBusy} onClick={() => onRemove(adapter.id)}>
            <X size={13} />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}

interface AddStyleProps extends Pick<ModelsDialogProps, 'chooseStyleFile'> {
  isBusy: boolean
  onAdd: (request: AdapterRequest) => void
  onCancel: () => void
}

/** A style file and what it is to be called. */
function AddStyle({ isBusy, chooseStyleFile, onAdd, onCancel }: AddStyleProps) {
  const [name, setName] = useState('')
  const [path, setPath] = useState('')
  const [chosen, setChosen] = useState<{ readonly name: string; readonly fileId: string }>()
  const choose = async () => {
    const file = await chooseStyleFile?.()
    if (!file) return
    setChosen(file)
    if (name.trim() === '') setName(file.name.replace(/\.safetensors$/i, ''))
  }
  const source: AdapterRequest['source'] | undefined = chooseStyleFile
    ? chosen && { kind: 'file', fileId: chosen.fileId }
    : path.trim() === '' ? undefined : { kind: 'path', path: path.trim() }
  const isComplete = source !== undefined && name.trim() !== ''
  return (
    <form
      className={styles.group}
      aria-label={STRINGS.add}
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) onAdd({ source, name: name.trim() })
      }}
    >
      <Field label={STRINGS.file} hint={STRINGS.fileHint}>
        {(id, hintId) =>
          chooseStyleFile ? (
            <div>
              <Button id={id} type="button" aria-describedby={hintId} disabled={isBusy} onClick={() => void choose()}>
                {chosen?.name ?? STRINGS.choose}
              </Button>
            </div>
          ) : (
            <TextInput
              id={id}
              aria-describedby={hintId}
              placeholder={STRINGS.path}
              spellCheck={false}
              value={path}
              onChange={({ target }) => setPath(target.value)}
            />
          )
        }
      </Field>
      <Field label={STRINGS.name}>
        {(id) => <TextInput id={id} value={name} maxLength={60} onChange={({ target }) => setName(target.value)} />}
      </Field>
      <div className={styles.actions}>
        <Button size="small" kind="primary" type="submit" disabled={isBusy || !isComplete}>
          {STRINGS.confirm}
        </Button>
        <Button size="small" kind="ghost" type="button" disabled={isBusy} onClick={onCancel}>
          {STRINGS.cancel}
        </Button>
      </div>
    </form>
  )
}
