import { useStore } from 'zustand'
import { ExportDialog, type ExportChoice } from '../panels/ExportDialog.tsx'
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
  return (
    <>
      <SettingsDialog
        isOpen={dialog === 'settings'}
        onClose={store.closeDialog}
        onChange={(change) => attempt(program, () => engine.library.changeSettings(change))}
      />
      {dialog === 'shortcuts' && <ShortcutSheet platform={host.platform} onClose={store.closeDialog} />}
      {dialog === 'palette' && <CommandPalette onClose={store.closeDialog} />}
      {dialog === 'export' && hasDocument && <ExportDialog onClose={store.closeDialog} onSave={save} />}
    </>
  )
}
