import { useStore } from 'zustand'
import type { Settings } from '../../electron/api/settings.ts'
import { ExportDialog, type ExportChoice } from '../panels/ExportDialog.tsx'
import { ModelsDialog } from '../panels/models/ModelsDialog.tsx'
import { SettingsDialog } from '../panels/SettingsDialog.tsx'
import { CommandPalette } from './CommandPalette.tsx'
import { savePicture } from './pictures.ts'
import type { Program } from './program.ts'
import { attempt, reportError } from './report-error.ts'
import { ShortcutSheet } from './ShortcutSheet.tsx'

/** The one dialog that is open, if any. */
export function Dialogs({ program, hasDocument }: { program: Program; hasDocument: boolean }) {
  const { store, host, engine } = program
  const dialog = useStore(store, (state) => state.dialog)
  const save = (choice: ExportChoice) =>
    savePicture(program, choice).catch((thrown: unknown) => {
      reportError(program, thrown, { retry: () => void save(choice) })
      return false
    })
  const changeSettings = (change: Partial<Settings>) => attempt(program, () => engine.library.changeSettings(change))
  return (
    <>
      <SettingsDialog
        isOpen={dialog === 'settings'}
        onClose={store.closeDialog}
        onChange={changeSettings}
        onOpenModels={() => store.openDialog('models')}
      />
      {dialog === 'models' && (
        <ModelsDialog
          onClose={store.closeDialog}
          onChange={changeSettings}
          chooseFolder={host.chooseFolder}
          chooseStyleFile={host.chooseStyleFile}
          showInFolder={host.showInFolder}
        />
      )}
      {dialog === 'shortcuts' && <ShortcutSheet platform={host.platform} onClose={store.closeDialog} />}
      {dialog === 'palette' && <CommandPalette onClose={store.closeDialog} />}
      {dialog === 'export' && hasDocument && <ExportDialog onClose={store.closeDialog} onSave={save} />}
    </>
  )
}
