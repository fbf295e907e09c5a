import { useState } from 'react'
import { EngineError } from '../../../electron/api/errors.ts'
import type { PackCard, PackSummary } from '../../../electron/api/packs.ts'
import { MODELS_STRINGS as STRINGS } from '../../../electron/api/strings/models-dialog.ts'
import type { EngineClient } from '../../engine/engine-client.ts'
import { useEngine } from '../../engine/engine-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ModelCard } from './ModelCard.tsx'
import type { ModelsDialogProps } from './ModelsDialog.tsx'
import styles from './ModelsDialog.module.css'

/** What the last button that was pressed led to. */
type Outcome = { readonly kind: 'busy' | 'told' | 'failed'; readonly text: string } | { readonly kind: 'card'; readonly card: PackCard }

async function verifyFiles(client: EngineClient, packId: string): Promise<Outcome> {
  const { files } = await client.verifyPack(packId)
  const broken = files.filter(({ isIntact }) => !isIntact).map(({ path }) => path)
  return broken.length === 0 ? { kind: 'told', text: STRINGS.intact } : { kind: 'failed', text: STRINGS.notIntact(broken.join(', ')) }
}

async function openFolder(client: EngineClient, packId: string, show: PackActionsProps['showInFolder']): Promise<Outcome | undefined> {
  const { path, fileId } = await client.getPackFolder(packId)
  if (!show) return { kind: 'told', text: STRINGS.folder(path) }
  await show(fileId)
  return undefined
}

interface PackActionsProps extends Pick<ModelsDialogProps, 'showInFolder'> {
  pack: PackSummary
}

/** What can be done with an installed model, and what came of it. */
export function PackActions({ pack: { id, name, bytes, sharedBytes, isRemovable }, showInFolder }: PackActionsProps) {
  const { client, library } = useEngine()
  const [outcome, setOutcome] = useState<Outcome>()
  const [isAsking, setIsAsking] = useState(false)
  const attempt = (action: () => Promise<Outcome | undefined>) =>
    action().then(setOutcome, (thrown: unknown) => setOutcome({ kind: 'failed', text: EngineError.from(thrown).message }))

  const verify = () => {
    setOutcome({ kind: 'busy', text: STRINGS.verifying })
    return verifyFiles(client, id)
  }
  const remove = async () => {
    await client.removePack(id)
    await library.refreshPacks()
    return undefined
  }
  return (
    <>
      <div className={styles.actions}>
        <Button size="small" disabled={outcome?.kind === 'busy'} onClick={() => void attempt(verify)}>
          {STRINGS.verify}
        </Button>
        <Button size="small" onClick={() => void attempt(() => openFolder(client, id, showInFolder))}>
          {STRINGS.showFolder}
        </Button>
        <Button
          size="small"
          aria-expanded={outcome?.kind === 'card'}
          onClick={() =>
            void attempt(async () => (outcome?.kind === 'card' ? undefined : { kind: 'card', card: await client.getPackCard(id) }))
          }
        >
          {STRINGS.card}
        </Button>
        {isRemovable && (
          <Button size="small" kind="ghost" onClick={() => setIsAsking(true)}>
            {STRINGS.remove}
          </Button>
        )}
      </div>
      {outcome?.kind === 'card' && <ModelCard {...outcome.card} emptyText={STRINGS.noCard} />}
      <p className={outcome?.kind === 'failed' ? styles.failed : styles.detail} role="status">
        {outcome && outcome.kind !== 'card' && outcome.text}
      </p>
      <ConfirmDialog
        isOpen={isAsking}
        title={STRINGS.removeTitle(name)}
        description={STRINGS.removeDetail(bytes - sharedBytes)}
        confirmLabel={STRINGS.confirmRemove}
        cancelLabel={STRINGS.keep}
        onConfirm={() => void attempt(remove)}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}
