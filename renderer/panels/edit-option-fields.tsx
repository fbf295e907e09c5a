import type { ComponentType } from 'react'
import type { EditKind } from '../../electron/api/edits.ts'
import type { PackSummary } from '../../electron/api/packs.ts'
import { EDIT_OPTION_STRINGS as STRINGS } from '../../electron/api/strings/edit-options.ts'
import { OPTION_STRINGS } from '../../electron/api/strings/prompt.ts'
import { DEFAULT_SURROUNDINGS } from '../../electron/api/token-cells.ts'
import type { EditOptions, OptionKey } from '../document/edits/edit.ts'
import { findDefault } from '../document/edits/option-defaults.ts'
import { useEditorState, useSession } from '../engine/document-session.tsx'
import { usePack } from '../engine/engine-hooks.ts'
import { NumberInput } from '../ui/NumberInput.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import { Slider } from '../ui/Slider.tsx'
import { AdapterField } from './AdapterField.tsx'

export interface OptionField {
  readonly label: string
  readonly hint: string
  readonly Control: ComponentType<OptionControlProps>
  /** Absent = with every pack. */
  readonly isOffered?: (pack: PackSummary) => boolean
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
  // null is a choice too: as the pack says, or one cell.
  return { chosen, value: chosen === undefined ? findDefault(kind, key) : chosen, set }
}

type NumberKey = 'strength' | 'rounds' | 'share' | 'surroundings'

interface SliderRange {
  readonly min: number
  readonly max: number
  readonly step: number
}

/** @param auto  where it stands while the engine decides. */
function sliderField(key: NumberKey, range: SliderRange, auto = range.min): OptionField {
  const { label, hint, value: name } = STRINGS[key]
  function Control({ kind }: OptionControlProps) {
    const { value, set } = useEditOption(kind, key)
    const valueText = value == null ? OPTION_STRINGS.auto : name(value)
    return <Slider label={label} value={value ?? auto} {...range} valueText={valueText} onChange={set} />
  }
  return { label, hint, Control }
}

type ChoiceKey = 'guidanceRamp' | 'guidanceFrom' | 'guidanceReuse' | 'decodingOrder' | 'isDetailed' | 'edgeBand' | 'isColourMatched'

/**
 * @param values  of the choices, by the name each has in the strings; undefined stands for the engine's own choice.
 */
function choiceField<K extends ChoiceKey>(key: K, values: Readonly<Record<string, EditOptions[K] | undefined>>): OptionField {
  const { label, hint, choices } = STRINGS[key]
  const segments = Object.entries<string>(choices).map(([value, name]) => ({ value, label: name }))
  function Control({ kind }: OptionControlProps) {
    const { value, set } = useEditOption(kind, key)
    const shown = Object.keys(values).find((name) => values[name] === value) ?? Object.keys(values)[0]
    return <SegmentedControl label={label} value={shown ?? ''} segments={segments} onChange={(next) => set(values[next])} />
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

function Adapter({ kind, id, describedBy }: OptionControlProps) {
  const { value, set } = useEditOption(kind, 'adapter')
  return <AdapterField id={id} describedBy={describedBy} value={value ?? null} onChange={set} />
}

/** How each option of an edit is shown and set. */
export const EDIT_OPTION_FIELDS: Readonly<Record<OptionKey, OptionField>> = {
  // 0 would change nothing.
  strength: sliderField('strength', { min: 0.05, max: 1, step: 0.05 }),
  // Auto is Muse's 8 %, or by instruction where the pack can.
  share: sliderField('share', { min: 0.02, max: 0.32, step: 0.02 }, 0.08),
  rounds: sliderField('rounds', { min: 1, max: 16, step: 1 }),
  steps: { ...STRINGS.steps, Control: Steps },
  guidanceScale: { label: STRINGS.guidanceScale.label, hint: STRINGS.guidanceScale.hint, Control: Guidance },
  guidanceRamp: choiceField('guidanceRamp', { auto: undefined, constant: 'constant', linear: 'linear' }),
  guidanceFrom: choiceField('guidanceFrom', { 0: undefined, 0.25: 0.25, 0.5: 0.5 }),
  guidanceReuse: choiceField('guidanceReuse', { 1: undefined, 2: 2, 4: 4 }),
  adapter: { ...STRINGS.adapter, Control: Adapter, isOffered: ({ adapters }) => adapters.length > 0 },
  decodingOrder: choiceField('decodingOrder', { confidence: 'confidence', halton: 'halton' }),
  // Beyond twice as wide the model sees little of what it draws.
  surroundings: sliderField('surroundings', { min: 0, max: 2, step: 0.25 }, DEFAULT_SURROUNDINGS),
  isDetailed: choiceField('isDetailed', { false: false, true: true }),
  edgeBand: choiceField('edgeBand', { 0: 0, null: null }),
  isColourMatched: choiceField('isColourMatched', { false: false, true: true }),
}
