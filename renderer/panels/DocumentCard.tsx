import { useState } from 'react'
import { Copy, Ellipsis, Pencil, Trash2, TriangleAlert } from 'lucide-react'
import type { DocumentSummary } from '../../electron/api/documents.ts'
import { START_SCREEN_STRINGS as STRINGS } from '../../electron/api/strings/start-screen.ts'
import { useEngine } from '../engine/engine-context.tsx'
import { BrandMark } from '../ui/BrandMark.tsx'
import { Button } from '../ui/Button.tsx'
import { Menu, MenuItem, MenuLine } from '../ui/Menu.tsx'
import type { DocumentActions } from './document-actions.ts'
import { NameField } from './NameField.tsx'
import styles from './StartScreen.module.css'

interface DocumentCardProps {
  summary: DocumentSummary
  actions: DocumentActions
  onDelete: () => void
}

export function DocumentCard({ summary, actions, onDelete }: DocumentCardProps) {
  const { client } = useEngine()
  const [isRenaming, setIsRenaming] = useState(false)
  const { id, name, picture, modifiedAt, bytes, hasInterruptedJob } = summary
  return (
    <li className={styles.card}>
      <button type="button" className={styles.open} aria-label={STRINGS.open(name)} onClick={() => actions.open(id)}>
        <span className={styles.frame}>
          {picture ? (
            <img className={styles.thumbnail} src={client.thumbnailUrl(summary)} alt="" loading="lazy" draggable={false} />
          ) : (
            <span className={styles.blank}>
              <BrandMark size={26} />
            </span>
          )}
          {hasInterruptedJob && (
            <span className={styles.badge}>
              <TriangleAlert size={13} />
              {STRINGS.interrupted}
            </span>
          )}
        </span>
        <span>
          <span className={styles.name}>{name}</span>
          <span className={styles.details}>{STRINGS.details(modifiedAt, bytes, Date.now())}</span>
        </span>
      </button>
      {isRenaming ? (
        <div className={styles.renameField}>
          <NameField name={name} onRename={(next) => actions.rename(id, next)} onEnd={() => setIsRenaming(false)} />
        </div>
      ) : (
        <Menu
          align="end"
          trigger={
            <Button className={styles.more} kind="ghost" size="small" aria-label={STRINGS.moreActions(name)}>
              <Ellipsis size={16} />
            </Button>
          }
        >
          <MenuItem icon={<Pencil size={15} />} onSelect={() => setIsRenaming(true)}>
            {STRINGS.rename}
          </MenuItem>
          <MenuItem icon={<Copy size={15} />} onSelect={() => actions.duplicate(id)}>
            {STRINGS.duplicate}
          </MenuItem>
          <MenuLine />
          <MenuItem icon={<Trash2 size={15} />} isDangerous onSelect={onDelete}>
            {STRINGS.delete}
          </MenuItem>
        </Menu>
      )}
    </li>
  )
}
