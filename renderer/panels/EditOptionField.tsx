import type { EditKind } from '../../electron/api/edits.ts'
import { OPTION_STRINGS } from '../../electron/api/strings/prompt.ts'
import type { OptionKey } from '../document/edits/edit.ts'
import { Field } from '../ui/Field.tsx'
import { EDIT_OPTION_FIELDS, useEditOption } from './edit-option-fields.tsx'

/** One option of a kind of edit, with its hint and a way back to the default. */
export function EditOptionField({ kind, option }: { kind: EditKind; option: OptionKey }) {
  const { label, hint, Control } = EDIT_OPTION_FIELDS[option]
  const { chosen, set } = useEditOption(kind, option)
  const reset = chosen === undefined ? undefined : { label: OPTION_STRINGS.reset(label), onReset: () => set(undefined) }
  return (
    <Field label={label} hint={hint} reset={reset}>
      {(id, describedBy) => <Control kind={kind} id={id} describedBy={describedBy} />}
    </Field>
  )
}
