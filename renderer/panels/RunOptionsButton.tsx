import { SlidersHorizontal } from 'lucide-react'
import { PROMPT_STRINGS } from '../../electron/api/strings/prompt.ts'
import type { Edit } from '../document/edits/edit.ts'
import { Button } from '../ui/Button.tsx'
import { Popover } from '../ui/Popover.tsx'
import { RunOptionsForm } from './RunOptionsForm.tsx'
import styles from './PromptBox.module.css'

/** *More*: everything that has a good default. */
export function RunOptionsButton({ edit }: { edit: Edit }) {
  const button = (
    <Button className={styles.moreButton} kind="ghost" size="large">
      <SlidersHorizontal size={15} />
      {PROMPT_STRINGS.more}
    </Button>
  )
  return (
    <Popover label={PROMPT_STRINGS.moreLabel} trigger={button} align="end">
      <RunOptionsForm edit={edit} />
    </Popover>
  )
}
