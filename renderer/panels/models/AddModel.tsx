import { useState } from 'react'
import { EngineError } from '../../../electron/api/errors.ts'
import { parseHubRepository } from '../../../electron/api/hub-repository.ts'
import type { ModelSource } from '../../../electron/api/installs.ts'
import { ADD_MODEL_STRINGS as STRINGS } from '../../../electron/api/strings/models-dialog.ts'
import { useEngine } from '../../engine/engine-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Spinner } from '../../ui/Progress.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { HubNetwork } from './HubNetwork.tsx'
import type { LookedAt, ModelsDialogProps } from './ModelsDialog.tsx'
import styles from './ModelsDialog.module.css'

/** Repositories whose layout the importers were written for (reference checkpoints of both families). */
const SUGGESTIONS = ['amused/amused-256', 'amused/amused-512', 'MeissonFlow/Meissonic', 'Collov-Labs/Monetico']

interface AddModelProps extends Pick<ModelsDialogProps, 'chooseFolder' | 'onChange'> {
  onLookedAt: (lookedAt: LookedAt) => void
}

/** Where a model comes from: a folder or the Hub. It is looked at first; installing is the next page. */
export function AddModel({ chooseFolder, onChange, onLookedAt }: AddModelProps) {
  const { client } = useEngine()
  const [state, setState] = useState<{ isLooking: boolean; problem?: string }>({ isLooking: false })
  const fail = (problem: string) => setState({ isLooking: false, problem })
  const look = async (source: ModelSource) => {
    setState({ isLooking: true })
    try {
      onLookedAt({ source, inspection: await client.inspectModel(source) })
    } catch (thrown) {
      fail(EngineError.from(thrown).message)
    }
  }
  return (
    <section className={styles.section}>
      <h3>{STRINGS.title}</h3>
      <p>{STRINGS.hint}</p>
      <FolderSource chooseFolder={chooseFolder} isBusy={state.isLooking} onLook={(source) => void look(source)} />
      <HubField isBusy={state.isLooking} onLook={(source) => void look(source)} onProblem={fail} />
      <p className={styles.status} role="status">
        {state.isLooking && (
          <>
            <Spinner /> {STRINGS.looking}
          </>
        )}
      </p>
      {state.problem && (
        <p className={styles.failed} role="alert">
          {state.problem}
        </p>
      )}
      <HubNetwork onChange={onChange} />
    </section>
  )
}

interface SourceProps {
  isBusy: boolean
  onLook: (source: ModelSource) => void
}

/** A folder's dialog where the host has one, else its path. */
function FolderSource({ chooseFolder, isBusy, onLook }: SourceProps & Pick<ModelsDialogProps, 'chooseFolder'>) {
  const [path, setPath] = useState('')
  const choose = async () => {
    const chosen = await chooseFolder?.()
    if (chosen) onLook({ kind: 'folder', folderId: chosen.fileId })
  }
  if (chooseFolder) {
    return (
      <Field label={STRINGS.folder} hint={STRINGS.folderHint}>
        {(id, hintId) => (
          <div>
            <Button id={id} aria-label={STRINGS.chooseFolder} aria-describedby={hintId} disabled={isBusy} onClick={() => void choose()}>
              {STRINGS.chooseFolder}
            </Button>
          </div>
        )}
      </Field>
    )
  }
  return (
    <LineForm
      label={STRINGS.folder}
      hint={STRINGS.folderHint}
      placeholder={STRINGS.folderPath}
      value={path}
      isBusy={isBusy}
      onChange={setPath}
      onSubmit={() => onLook({ kind: 'path', path: path.trim() })}
    />
  )
}

function HubField({ isBusy, onLook, onProblem }: SourceProps & { onProblem: (problem: string) => void }) {
  const [typed, setTyped] = useState('')
  const submit = () => {
    const source = parseHubRepository(typed)
    if (source) onLook(source)
    else onProblem(STRINGS.badRepository)
  }
  return (
    <div className={styles.group}>
      <LineForm
        label={STRINGS.hub}
        hint={STRINGS.hubHint}
        placeholder={SUGGESTIONS[1]!}
        value={typed}
        isBusy={isBusy}
        onChange={setTyped}
        onSubmit={submit}
      />
      <div className={styles.actions} role="group" aria-label={STRINGS.suggestions}>
        {SUGGESTIONS.map((name) => (
          <Button key={name} size="small" onClick={() => setTyped(name)}>
            {name}
          </Button>
        ))}
      </div>
    </div>
  )
}

interface LineFormProps {
  label: string
  hint: string
  placeholder: string
  value: string
  isBusy: boolean
  onChange: (value: string) => void
  onSubmit: () => void
}

/** A line of text with a button; Enter presses it. */
function LineForm({ label, hint, placeholder, value, isBusy, onChange, onSubmit }: LineFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (value.trim() !== '') onSubmit()
      }}
    >
      <Field label={label} hint={hint}>
        {(id, hintId) => (
          <div className={styles.line}>
            <TextInput
              id={id}
              aria-describedby={hintId}
              placeholder={placeholder}
              spellCheck={false}
              value={value}
              onChange={({ target }) => onChange(target.value)}
            />
            <Button type="submit" aria-label={`${STRINGS.look}: ${label}`} disabled={isBusy || value.trim() === ''}>
              {STRINGS.look}
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}
