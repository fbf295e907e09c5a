import { OPTION_STRINGS as STRINGS } from '../../electron/api/strings/prompt.ts'
import { useEditorState, useSession } from '../engine/document-session.tsx'
import { DEFAULT_OPTIONS, type RunOptions } from '../engine/editor-store.ts'
import { usePack } from '../engine/engine-hooks.ts'
import { Field } from '../ui/Field.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import { SelectInput } from '../ui/SelectInput.tsx'
import { Slider } from '../ui/Slider.tsx'
import { TextArea } from '../ui/TextInput.tsx'
import { SeedField } from './SeedField.tsx'
import { listSizes } from './picture-sizes.ts'
import styles from './PromptBox.module.css'

const COUNTS = ['1', '2', '4', '6', '8'].map((value) => ({ value, label: value }))
/** Of the request's schema; more only costs time with the models at hand. */
const MAX_STEPS = 64
const MAX_GUIDANCE = 12

/** @param isSizeChosen  false where the size follows from the picture. */
export function RunOptionsForm({ isSizeChosen }: { isSizeChosen: boolean }) {
  return (
    <div className={styles.options}>
      <CountField />
      {isSizeChosen && <SizeField />}
      <StepsField />
      <GuidanceField />
      <NegativePromptField />
      <SeedField />
    </div>
  )
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

function StepsField() {
  const { value, set, reset } = useOption('steps', STRINGS.steps)
  return (
    <Field label={STRINGS.steps} hint={STRINGS.stepsHint} reset={reset}>
      {(id, hintId) => (
        <NumberInput
          id={id}
          describedBy={hintId}
          value={value}
          min={1}
          max={MAX_STEPS}
          placeholder={STRINGS.auto}
          onChange={set}
        />
      )}
    </Field>
  )
}

function GuidanceField() {
  const { value, set, reset } = useOption('guidanceScale', STRINGS.guidance)
  const pack = usePack()
  const shown = value ?? pack?.defaultGuidanceScale ?? 1
  return (
    <Field label={STRINGS.guidance} hint={STRINGS.guidanceHint} reset={reset}>
      {() => (
        <Slider
          label={STRINGS.guidance}
          value={shown}
          min={1}
          max={Math.max(MAX_GUIDANCE, shown)}
          step={0.5}
          valueText={STRINGS.guidanceValue(shown)}
          onChange={set}
        />
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
