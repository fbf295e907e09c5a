import { useState } from 'react'
import type { ModelInspection, ModelSource } from '../../../electron/api/installs.ts'
import type { Settings } from '../../../electron/api/settings.ts'
import { MODELS_STRINGS as STRINGS } from '../../../electron/api/strings/models-dialog.ts'
import { useInstalls, useLibrary, usePack } from '../../engine/engine-hooks.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { AddModel } from './AddModel.tsx'
import { InspectedModel } from './InspectedModel.tsx'
import { InstalledModel } from './InstalledModel.tsx'
import { InstallRow } from './InstallRow.tsx'
import styles from './ModelsDialog.module.css'

export interface ModelsDialogProps {
  onClose: () => void
  onChange: (change: Partial<Settings>) => void
  /** Undefined where a folder's path has to be typed. */
  chooseFolder: (() => Promise<{ readonly fileId: string } | null>) | undefined
  /** Undefined where a file's path has to be typed. */
  chooseStyleFile: (() => Promise<{ readonly name: string; readonly fileId: string } | null>) | undefined
  /** Undefined where there is no file manager to show it in. */
  showInFolder: ((fileId: string) => Promise<void>) | undefined
}

/** A model that was looked at and may be installed. */
export interface LookedAt {
  readonly source: ModelSource
  readonly inspection: ModelInspection
}

/** Which models there are, and the way to more. Mount it when it opens. */
export function ModelsDialog({ onClose, onChange, chooseFolder, chooseStyleFile, showInFolder }: ModelsDialogProps) {
  const [lookedAt, setLookedAt] = useState<LookedAt | null>(null)
  return (
    <Dialog isOpen isWide onClose={onClose} title={lookedAt?.inspection.name ?? STRINGS.title} closeLabel={STRINGS.close}>
      {lookedAt ? (
        <InspectedModel lookedAt={lookedAt} onLeave={() => setLookedAt(null)} />
      ) : (
        <div className={styles.sections}>
          <InstallList />
          <PackList onChange={onChange} showInFolder={showInFolder} chooseStyleFile={chooseStyleFile} />
          <AddModel chooseFolder={chooseFolder} onChange={onChange} onLookedAt={setLookedAt} />
        </div>
      )}
    </Dialog>
  )
}

function InstallList() {
  const installs = useInstalls()
  if (installs.length === 0) return null
  return (
    <section className={styles.section}>
      <h3>{STRINGS.installs}</h3>
      <ul className={styles.list}>
        {installs.map((install) => (
          <InstallRow key={install.id} install={install} />
        ))}
      </ul>
    </section>
  )
}

function PackList({ onChange, showInFolder, chooseStyleFile }: Pick<ModelsDialogProps, 'onChange' | 'showInFolder' | 'chooseStyleFile'>) {
  const packs = useLibrary((state) => state.packs) ?? []
  const inUse = usePack()
  return (
    <section className={styles.section}>
      <h3>{STRINGS.installed}</h3>
      {packs.length === 0 && <p>{STRINGS.none}</p>}
      <ul className={styles.list}>
        {packs.map((pack) => (
          <InstalledModel
            key={pack.id}
            pack={pack}
            isInUse={pack.id === inUse?.id}
            onUse={() => onChange({ packId: pack.id })}
            showInFolder={showInFolder}
            chooseStyleFile={chooseStyleFile}
          />
        ))}
      </ul>
    </section>
  )
}
