import type { ComponentType } from 'react'
import type { EditKind } from '../../electron/api/edits.ts'
import { EDIT_OPTION_STRINGS as STRINGS } from '../../electron/api/strings/edit-options.ts'
import { OPTION_STRINGS } from '../../electron/api/strings/prompt.ts'
import type { EditOptions, OptionKey } from '../document/edits/edit.ts'
import { findDefault } from '../document/edits/option-defaults.ts'
import { useEditorState, useSession } from '../engine/document-session.tsx'
import { usePack } from '../engine/engine-hooks.ts'
import { NumberInput } from '../ui/NumberInput.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import { Slider } from '../ui/Slider.tsx'

export interface OptionField {
  readonly label: string
  readonly hint: string
  readonly Control: ComponentType<OptionControlProps>
}

interface OptionControlProps {
  kind: EditKind
  id?: string
  describedBy?: string | undefined
}

/** What was chosen of an edit's option, and how it is changed; undefined = its default. */
export function useEditOption<K extends OptionKey>(kind: EditKind, key: K) {
  const { editor } = useSession()
  const chosen = useEditorState((state) => state.editOptions[kind]?.[key])
  const set = (next: EditOptions[K] | undefined) => editor.setEditOptions(kind, { [key]: next })
  return { chosen, value: chosen ?? findDefault(kind, key), set }
}

type NumberKey = 'strength' | 'rounds' | 'share'

function sliderField(key: NumberKey, range: { min: number; max: number; step: number }): OptionField {
  const { label, hint, value: name } = STRINGS[key]
  function Control({ kind }: OptionControlProps) {
    const { value, set } = useEditOption(kind, key)
    const shown = value ?? range.min
    return <Slider label={label} value={shown} {...range} valueText={name(shown)} onChange={set} />
  }
  return { label, hint, Control }
}

/** Not a value: as the engine decides. */
const AUTO = 'auto'

/** @param unset  the choice that stands for none. */
function choiceField<K extends 'guidanceRamp' | 'decodingOrder'>(key: K, unset: string): OptionField {
  const { label, hint, choices } = STRINGS[key]
  const segments = Object.entries(choices).map(([value, name]) => ({ value, label: name }))
  function Control({ kind }: OptionControlProps) {
    const { value, set } = useEditOption(kind, key)
    const choose = (next: string) => set(next === AUTO ? undefined : (next as EditOptions[K]))
    return <SegmentedControl label={label} value={value ?? unset} segments={segments} onChange={choose} />
  }
  return { label, hint, Control }
}

/** Of the request's schema. */
const MAX_STEPS = 64
const MAX_GUIDANCE = 12

function Steps({ kind, id, describedBy }: OptionControlProps) {
  const { value, set } = useEditOption(kind, 'steps')
  return (
    <NumberInput
      {...(id !== undefined && { id })}
      describedBy={describedBy}
      value={value ?? null}
      min={1}
      max={MAX_STEPS}
      placeholder={OPTION_STRINGS.auto}
      onChange={(next) => set(next ?? undefined)}
    />
  )
}

function Guidance({ kind }: OptionControlProps) {
  const { chosen, value, set } = useEditOption(kind, 'guidanceScale')
  const pack = usePack()
  const shown = value ?? pack?.defaultGuidanceScale ?? 1
  const { label, value: name } = STRINGS.guidanceScale
  return (
    <Slider
      label={label}
      value={shown}
      min={1}
      max={Math.max(MAX_GUIDANCE, shown)}
      step={0.5}
      valueText={chosen == null ? OPTION_STRINGS.auto : name(shown)}
      onChange={set}
    />
  )
}

/** How each option of an edit is shown and set. */
export const EDIT_OPTION_FIELDS: Readonly<Record<OptionKey, OptionField>> = {
  // 0 would change nothing.
  strength: sliderField('strength', { min: 0.05, max: 1, step: 0.05 }),
  share: sliderField('share', { min: 0.02, max: 0.32, step: 0.02 }),
  rounds: sliderField('rounds', { min: 1, max: 16, step: 1 }),
  steps: { ...STRINGS.steps, Control: Steps },
  guidanceScale: { label: STRINGS.guidanceScale.label, hint: STRINGS.guidanceScale.hint, Control: Guidance },
  guidanceRamp: choiceField('guidanceRamp', AUTO),
  decodingOrder: choiceField('decodingOrder', 'confidence'),
}
