import { OPTION_STRINGS as STRINGS } from '../../electron/api/strings/prompt.ts'
import { DRAWING_OPTIONS, optionsKindOf, type Edit, type OptionKey } from '../document/edits/edit.ts'
import { useEditorState, useSession } from '../engine/document-session.tsx'
import { DEFAULT_OPTIONS, type RunOptions } from '../engine/editor-store.ts'
import { usePack } from '../engine/engine-hooks.ts'
import { Field } from '../ui/Field.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import { SelectInput } from '../ui/SelectInput.tsx'
import { TextArea } from '../ui/TextInput.tsx'
import { EDIT_OPTION_FIELDS } from './edit-option-fields.tsx'
import { EditOptionField } from './EditOptionField.tsx'
import { SeedField } from './SeedField.tsx'
import { listSizes } from './picture-sizes.ts'
import styles from './PromptBox.module.css'

const COUNTS = ['1', '2', '4', '6', '8'].map((value) => ({ value, label: value }))

/** Everything that can be set of an edit: first what only it has, then what all have. */
export function RunOptionsForm({ edit }: { edit: Edit }) {
  const { area, words, options } = edit
  const kind = optionsKindOf(edit)
  const [own, drawing] = partition(options)
  const pack = usePack()
  const isOffered = (key: OptionKey) => pack === null || (EDIT_OPTION_FIELDS[key].isOffered?.(pack) ?? true)
  const fieldsOf = (keys: readonly OptionKey[]) =>
    kind && keys.filter(isOffered).map((key) => <EditOptionField key={key} kind={kind} option={key} />)
  return (
    <div className={styles.options}>
      {fieldsOf(own)}
      <CountField />
      {area === 'new-picture' && <SizeField />}
      {words !== 'unread' && <NegativePromptField />}
      {fieldsOf(drawing)}
      <SeedField />
    </div>
  )
}

function partition(keys: readonly OptionKey[]): [own: OptionKey[], drawing: OptionKey[]] {
  const isDrawing = (key: OptionKey) => (DRAWING_OPTIONS as readonly OptionKey[]).includes(key)
  return [keys.filter((key) => !isDrawing(key)), keys.filter(isDrawing)]
}

/** One option, its setter, and how it is put back. */
function useOption<K extends keyof RunOptions>(key: K, label: string) {
  const { editor } = useSession()
  const value = useEditorState((state) => state.options[key])
  const set = (next: RunOptions[K]) => editor.setOptions({ [key]: next })
  const isDefault = value === DEFAULT_OPTIONS[key]
  const reset = isDefault ? undefined : { label: STRINGS.reset(label), onReset: () => set(DEFAULT_OPTIONS[key]) }
  return { value, set, reset }
}

function CountField() {
  const { value, set, reset } = useOption('count', STRINGS.count)
  return (
    <Field label={STRINGS.count} hint={STRINGS.countHint} reset={reset}>
      {() => (
        <SegmentedControl label={STRINGS.count} value={String(value)} segments={COUNTS} onChange={(next) => set(Number(next))} />
      )}
    </Field>
  )
}

function SizeField() {
  const { value, set, reset } = useOption('size', STRINGS.size)
  const pack = usePack()
  const choose = (text: string) => {
    const [width, height] = text.split('x').map(Number)
    set(width && height ? { width, height } : null)
  }
  return (
    <Field label={STRINGS.size} hint={STRINGS.sizeHint} reset={reset}>
      {(id, hintId) => (
        <SelectInput
          id={id}
          aria-describedby={hintId}
          value={value ? `${value.width}x${value.height}` : ''}
          onChange={({ target }) => choose(target.value)}
        >
          <option value="">{STRINGS.auto}</option>
          {(pack ? listSizes(pack) : []).map(({ width, height }) => (
            <option key={`${width}x${height}`} value={`${width}x${height}`}>
              {STRINGS.sizeOption(width, height)}
            </option>
          ))}
        </SelectInput>
      )}
    </Field>
  )
}

function NegativePromptField() {
  const { value, set, reset } = useOption('negativePrompt', STRINGS.negative)
  return (
    <Field label={STRINGS.negative} hint={STRINGS.negativeHint} reset={reset}>
      {(id, hintId) => (
        <TextArea
          id={id}
          aria-describedby={hintId}
          rows={1}
          value={value}
          placeholder={STRINGS.negativePlaceholder}
          onChange={({ target }) => set(target.value)}
        />
      )}
    </Field>
  )
}
