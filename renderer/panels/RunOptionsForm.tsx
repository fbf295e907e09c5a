import { OPTION_STRINGS } from '../../electron/api/strings/prompt.ts'
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
  const { editor } = useSession()
  const options = useEditorState((state) => state.options)
  const pack = usePack()
  const set = (change: Partial<RunOptions>) => editor.setOptions(change)
  const resetOf = <K extends keyof RunOptions>(key: K, label: string) =>
    options[key] === DEFAULT_OPTIONS[key]
      ? undefined
      : { label: OPTION_STRINGS.reset(label), onReset: () => set({ [key]: DEFAULT_OPTIONS[key] }) }
  const guidance = options.guidanceScale ?? pack?.defaultGuidanceScale ?? 1
  const sizes = pack ? listSizes(pack) : []
  return (
    <div className={styles.options}>
      <Field label={OPTION_STRINGS.count} hint={OPTION_STRINGS.countHint} reset={resetOf('count', OPTION_STRINGS.count)}>
        {() => (
          <SegmentedControl
            label={OPTION_STRINGS.count}
            value={String(options.count)}
            segments={COUNTS}
            onChange={(value) => set({ count: Number(value) })}
          />
        )}
      </Field>
      {isSizeChosen && (
        <Field label={OPTION_STRINGS.size} hint={OPTION_STRINGS.sizeHint} reset={resetOf('size', OPTION_STRINGS.size)}>
          {(id) => (
            <SelectInput
              id={id}
              value={options.size ? `${options.size.width}x${options.size.height}` : ''}
              onChange={({ target }) => {
                const [width, height] = target.value.split('x').map(Number)
                set({ size: width && height ? { width, height } : null })
              }}
            >
              <option value="">{OPTION_STRINGS.auto}</option>
              {sizes.map(({ width, height }) => (
                <option key={`${width}x${height}`} value={`${width}x${height}`}>
                  {OPTION_STRINGS.sizeOption(width, height)}
                </option>
              ))}
            </SelectInput>
          )}
        </Field>
      )}
      <Field label={OPTION_STRINGS.steps} hint={OPTION_STRINGS.stepsHint} reset={resetOf('steps', OPTION_STRINGS.steps)}>
        {(id, hintId) => (
          <NumberInput
            id={id}
            describedBy={hintId}
            value={options.steps}
            min={1}
            max={MAX_STEPS}
            placeholder={OPTION_STRINGS.auto}
            onChange={(steps) => set({ steps })}
          />
        )}
      </Field>
      <Field label={OPTION_STRINGS.guidance} hint={OPTION_STRINGS.guidanceHint} reset={resetOf('guidanceScale', OPTION_STRINGS.guidance)}>
        {() => (
          <Slider
            label={OPTION_STRINGS.guidance}
            value={guidance}
            min={1}
            max={Math.max(MAX_GUIDANCE, guidance)}
            step={0.5}
            valueText={OPTION_STRINGS.guidanceValue(guidance)}
            onChange={(guidanceScale) => set({ guidanceScale })}
          />
        )}
      </Field>
      <Field label={OPTION_STRINGS.negative} hint={OPTION_STRINGS.negativeHint} reset={resetOf('negativePrompt', OPTION_STRINGS.negative)}>
        {(id, hintId) => (
          <TextArea
            id={id}
            aria-describedby={hintId}
            rows={1}
            value={options.negativePrompt}
            placeholder={OPTION_STRINGS.negativePlaceholder}
            onChange={({ target }) => set({ negativePrompt: target.value })}
          />
        )}
      </Field>
      <SeedField />
    </div>
  )
}
