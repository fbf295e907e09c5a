import { optionsKindOf, type Edit } from '../document/edits/edit.ts'
import { EDIT_OPTION_FIELDS } from './edit-option-fields.tsx'
import styles from './PromptBox.module.css'

/** The one thing of an edit that is set often, in the box itself. */
export function MainOption({ edit }: { edit: Edit }) {
  const { mainOption } = edit
  const kind = optionsKindOf(edit)
  if (kind === null || mainOption === null) return null
  const { label, Control } = EDIT_OPTION_FIELDS[mainOption]
  return (
    <div className={styles.mainOption}>
      <span className={styles.mainOptionLabel} aria-hidden>
        {label}
      </span>
      <Control kind={kind} />
    </div>
  )
}
