import { ChevronsUpDown } from 'lucide-react'
import { EDIT_LIST_STRINGS as STRINGS, type EditId } from '../../electron/api/strings/edits.ts'
import { EDIT_NAMES, PACK_ERRORS } from '../../electron/api/strings/jobs.ts'
import { EDITS } from '../document/edits/edits.ts'
import type { EditCanvas, WhichEdit } from '../document/which-edit.ts'
import { useEditorState, useSession } from '../engine/document-session.tsx'
import { useLibrary, usePack } from '../engine/engine-hooks.ts'
import { canPackEdit } from '../engine/use-which-edit.ts'
import { joinClasses } from '../ui/class-names.ts'
import { Menu, MenuChoice, MenuChoices } from '../ui/Menu.tsx'
import { labelEdit } from './edit-words.ts'
import { EDIT_ICONS } from './edit-icons.ts'
import { useActions } from './editor-actions.ts'
import { useEditWords } from './use-edit-words.ts'
import styles from './EditSwitch.module.css'

interface EditSwitchProps {
  canvas: EditCanvas
  which: WhichEdit
  onClosed: () => void
}

/** What Enter starts, in words, and the list of what else it could start on this canvas. */
export function EditSwitch({ canvas, which, onClosed }: EditSwitchProps) {
  const { editor } = useSession()
  const { chooseEdit } = useActions()
  const isOpen = useEditorState((state) => state.isEditListOpen)
  const findReason = useReasons()
  const wordsOf = useEditWords()
  const { id, proposed, offers } = which
  const Icon = EDIT_ICONS[id]
  const label = labelEdit(wordsOf(id), canvas)
  if (offers.length < 2) {
    return (
      <p className={styles.only}>
        <Icon size={15} />
        <span className={styles.label}>{label}</span>
      </p>
    )
  }
  const trigger = (
    <button
      type="button"
      className={joinClasses(styles.pill, id !== proposed && styles.switched)}
      aria-label={STRINGS.switch(label)}
      title={STRINGS.hint}
    >
      <Icon size={15} />
      <span className={styles.label}>{label}</span>
      <ChevronsUpDown className={styles.arrows} size={13} />
    </button>
  )
  const choose = (next: EditId | undefined) => {
    if (next === undefined || findReason(next) !== null) return
    chooseEdit(next)
    editor.change({ isEditListOpen: false })
  }
  return (
    <Menu
      trigger={trigger}
      side="top"
      isOpen={isOpen}
      onOpenChange={(isEditListOpen) => editor.change({ isEditListOpen })}
      onClosed={onClosed}
      onKeyDown={({ key }) => choose(/^[1-9]$/.test(key) ? offers[Number(key) - 1] : undefined)}
    >
      <MenuChoices title={STRINGS.title} value={id} onChange={(next) => choose(next as EditId)}>
        {offers.map((offer, i) => (
          <Offer
            key={offer}
            id={offer}
            label={labelEdit(wordsOf(offer), canvas)}
            detail={wordsOf(offer).detail}
            digit={i + 1}
            isProposed={offer === proposed}
            reason={findReason(offer)}
          />
        ))}
      </MenuChoices>
    </Menu>
  )
}

/** @param props.reason  why it cannot be started; null where it can. */
function Offer(props: { id: EditId; label: string; detail: string; digit: number; isProposed: boolean; reason: string | null }) {
  const { id, label, detail, digit, isProposed, reason } = props
  const Icon = EDIT_ICONS[id]
  return (
    <MenuChoice
      value={id}
      label={label}
      detail={reason ?? detail}
      icon={<Icon size={16} />}
      keys={reason === null ? [String(digit)] : undefined}
      badge={isProposed ? STRINGS.proposed : undefined}
      isDisabled={reason !== null}
    />
  )
}

/** Why an edit cannot be started with the pack in use, and which pack can; null where it can. */
function useReasons(): (id: EditId) => string | null {
  const pack = usePack()
  const packs = useLibrary((state) => state.packs)
  return (id) => {
    const { kind } = EDITS[id]
    if (kind === null || pack === null || canPackEdit(pack, kind)) return null
    const others = (packs ?? []).filter((other) => other.edits.includes(kind)).map(({ name }) => name)
    return PACK_ERRORS.cannotEdit(pack.name, EDIT_NAMES[kind], others.join(', '))
  }
}
