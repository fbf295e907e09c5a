import { useState } from 'react'
import type { ExportOptions } from '../../electron/api/images.ts'
import { EXPORT_STRINGS as STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import { pictureOf } from '../document/document.ts'
import { useDocumentState } from '../engine/document-session.tsx'
import { useHasGps, useLibrary } from '../engine/engine-hooks.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { SegmentedControl, type Segment } from '../ui/SegmentedControl.tsx'
import { Slider } from '../ui/Slider.tsx'
import { Switch } from '../ui/Switch.tsx'
import styles from './SettingsDialog.module.css'

type Format = ExportOptions['format']
/** What the dialog asks for. */
export type ExportChoice = Pick<ExportOptions, 'format' | 'quality' | 'keepRecipe' | 'keepGps'>

interface ExportDialogProps {
  onClose: () => void
  /** Resolves to whether it was saved: the dialog closes then. */
  onSave: (choice: ExportChoice) => Promise<boolean>
}

const FORMATS = (Object.entries(STRINGS.formats) as [Format, string][]).map(
  ([value, label]): Segment<Format> => ({ value, label }),
)
/** Of JPEG and WebP: below the first, blocks show; above the last, files only grow. */
const DEFAULT_QUALITY = 92

/** Asks how the picture is to be saved. Mount it when it opens. */
export function ExportDialog({ onClose, onSave }: ExportDialogProps) {
  const settings = useLibrary((state) => state.settings)
  const [isSaving, setIsSaving] = useState(false)
  const [choice, setChoice] = useState<ExportChoice>({
    format: 'png',
    quality: DEFAULT_QUALITY,
    keepRecipe: settings.keepRecipeInFiles,
    keepGps: settings.keepGpsInFiles,
  })
  const save = async () => {
    setIsSaving(true)
    const isSaved = await onSave(choice)
    setIsSaving(false)
    if (isSaved) onClose()
  }
  return (
    <Dialog
      onEnter={isSaving ? undefined : () => void save()}
      isOpen
      onClose={onClose}
      title={STRINGS.title}
      closeLabel={STRINGS.cancel}
      actions={
        <>
          <Button onClick={onClose}>{STRINGS.cancel}</Button>
          <Button kind="primary" disabled={isSaving} onClick={() => void save()}>
            {isSaving ? STRINGS.saving : STRINGS.save}
          </Button>
        </>
      }
    >
      <ExportFields choice={choice} onChange={(change) => setChoice((before) => ({ ...before, ...change }))} />
    </Dialog>
  )
}

function ExportFields({ choice, onChange }: { choice: ExportChoice; onChange: (change: Partial<ExportChoice>) => void }) {
  const hasRecipe = useDocumentState((state) => state.document.accepted !== null)
  const hasGps = useHasGps(useDocumentState((state) => pictureOf(state.document)))
  const { format, quality, keepRecipe, keepGps } = choice
  return (
    <div className={styles.section}>
      <Field label={STRINGS.format} hint={STRINGS.formatHints[format]}>
        {() => (
          <SegmentedControl label={STRINGS.format} value={format} segments={FORMATS} onChange={(next) => onChange({ format: next })} />
        )}
      </Field>
      {format !== 'png' && (
        <Field label={STRINGS.quality}>
          {() => (
            <Slider
              label={STRINGS.quality}
              value={quality}
              min={30}
              max={100}
              valueText={String(quality)}
              onChange={(next) => onChange({ quality: next })}
            />
          )}
        </Field>
      )}
      {hasRecipe && (
        <Switch
          label={STRINGS.keepRecipe}
          hint={STRINGS.keepRecipeHint}
          isOn={keepRecipe}
          onChange={(next) => onChange({ keepRecipe: next })}
        />
      )}
      {hasGps && (
        <Switch label={STRINGS.keepGps} hint={STRINGS.keepGpsHint} isOn={keepGps} onChange={(next) => onChange({ keepGps: next })} />
      )}
    </div>
  )
}
