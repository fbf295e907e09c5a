import { SlidersHorizontal } from 'lucide-react'
import { PROMPT_STRINGS } from '../../electron/api/strings/prompt.ts'
import type { WhichEdit } from '../document/which-edit.ts'
import { Button } from '../ui/Button.tsx'
import { Popover } from '../ui/Popover.tsx'
import { RunOptionsForm } from './RunOptionsForm.tsx'
import styles from './PromptBox.module.css'

/** *More*: everything that has a good default. */
export function RunOptionsButton({ edit }: { edit: WhichEdit['kind'] }) {
  const button = (
    <Button className={styles.moreButton} kind="ghost" size="large">
      <SlidersHorizontal size={15} />
      {PROMPT_STRINGS.more}
    </Button>
  )
  const isNewPicture = edit === 'create' || edit === 'create-again' || edit === 'create-in-new-document'
  return (
    <Popover label={PROMPT_STRINGS.moreLabel} trigger={button} align="end">
      <RunOptionsForm isSizeChosen={isNewPicture} />
    </Popover>
  )
}
