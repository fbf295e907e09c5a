import { useId, useState, type KeyboardEvent } from 'react'
import { Search } from 'lucide-react'
import { COMMANDS, type CommandId } from '../../electron/api/menu.ts'
import { COMMAND_LABELS, MENU_TITLES } from '../../electron/api/strings/menu.ts'
import { PALETTE_STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import { useActions, useIsEnabled } from '../panels/editor-actions.ts'
import { BareDialog } from '../ui/BareDialog.tsx'
import { Keys } from '../ui/Keys.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { findCommands } from './find-commands.ts'
import styles from './CommandPalette.module.css'

/** Every command by its name. Mount it when it opens. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { run } = useActions()
  const [query, setQuery] = useState('')
  const [selected, setSelected] = useState(0)
  const listId = useId()
  const found = findCommands(query)
  const choose = (id: CommandId | undefined) => {
    if (id === undefined) return
    onClose()
    // After the dialog has given the focus back: some commands move it.
    requestAnimationFrame(() => run(id))
  }
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && found.length > 0) setSelected((selected + step + found.length) % found.length)
    else if (event.key === 'Enter') choose(found[selected])
    else return
    event.preventDefault()
  }
  return (
    <BareDialog label={PALETTE_STRINGS.label} onClose={onClose}>
      <div className={styles.search}>
        <Search size={17} />
        <input
          className={styles.input}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found[selected] && `${listId}-${found[selected]}`}
          aria-label={PALETTE_STRINGS.label}
          placeholder={PALETTE_STRINGS.placeholder}
          value={query}
          autoFocus
          onChange={(event) => {
            setQuery(event.target.value)
            setSelected(0)
          }}
          onKeyDown={press}
        />
      </div>
      <ul id={listId} className={styles.list} role="listbox" aria-label={PALETTE_STRINGS.label}>
        {found.map((id, i) => (
          <PaletteItem key={id} id={id} elementId={`${listId}-${id}`} isSelected={i === selected} onPoint={() => setSelected(i)} onChoose={() => choose(id)} />
        ))}
      </ul>
      {found.length === 0 && <p className={styles.nothing}>{PALETTE_STRINGS.nothing}</p>}
      <LiveRegion text={PALETTE_STRINGS.results(found.length)} />
    </BareDialog>
  )
}

interface PaletteItemProps {
  id: CommandId
  elementId: string
  isSelected: boolean
  onPoint: () => void
  onChoose: () => void
}

function PaletteItem({ id, elementId, isSelected, onPoint, onChoose }: PaletteItemProps) {
  const keys = useActions().keysOf(id)
  const isEnabled = useIsEnabled(id)
  return (
    <li
      id={elementId}
      ref={(element) => {
        if (isSelected) element?.scrollIntoView({ block: 'nearest' })
      }}
      className={styles.item}
      role="option"
      aria-selected={isSelected}
      aria-disabled={!isEnabled}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <span className={styles.group}>{MENU_TITLES[COMMANDS[id].menu]}</span>
      {COMMAND_LABELS[id]}
      {keys && (
        <span className={styles.keys}>
          <Keys keys={keys} />
        </span>
      )}
    </li>
  )
}
