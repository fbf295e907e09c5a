import { PROVIDER_CHOICES } from '../../electron/api/providers.ts'
import type { Settings } from '../../electron/api/settings.ts'
import { INFERENCE_STRINGS } from '../../electron/api/strings/inference.ts'
import { SETTINGS_STRINGS as STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import { useLibrary, useModelState } from '../engine/engine-hooks.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { SelectInput } from '../ui/SelectInput.tsx'
import { SegmentedControl, type Segment } from '../ui/SegmentedControl.tsx'
import { Switch } from '../ui/Switch.tsx'
import { PackSection } from './PackSection.tsx'
import styles from './SettingsDialog.module.css'

interface SettingsDialogProps {
  isOpen: boolean
  onClose: () => void
  onChange: (change: Partial<Settings>) => void
  onOpenModels: () => void
}

function segmentsOf<T extends string>(labels: Readonly<Record<T, string>>): Segment<T>[] {
  return (Object.entries(labels) as [T, string][]).map(([value, label]) => ({ value, label }))
}
const THEMES = segmentsOf<Settings['theme']>(STRINGS.themes)
const HOSTS = segmentsOf<Settings['host']>(STRINGS.hosts)

export function SettingsDialog({ isOpen, onClose, onChange, onOpenModels }: SettingsDialogProps) {
  const settings = useLibrary((state) => state.settings)
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={STRINGS.title} closeLabel={STRINGS.close}>
      <div className={styles.sections}>
        <section className={styles.section}>
          <h3>{STRINGS.appearance}</h3>
          <SegmentedControl label={STRINGS.theme} value={settings.theme} segments={THEMES} onChange={(theme) => onChange({ theme })} />
        </section>
        <PackSection onChange={onChange} onOpenModels={onOpenModels} />
        <PerformanceSection settings={settings} onChange={onChange} />
        <section className={styles.section}>
          <h3>{STRINGS.files}</h3>
          <Switch
            label={STRINGS.keepRecipe}
            hint={STRINGS.keepRecipeHint}
            isOn={settings.keepRecipeInFiles}
            onChange={(keepRecipeInFiles) => onChange({ keepRecipeInFiles })}
          />
          <Switch
            label={STRINGS.keepGps}
            hint={STRINGS.keepGpsHint}
            isOn={settings.keepGpsInFiles}
            onChange={(keepGpsInFiles) => onChange({ keepGpsInFiles })}
          />
        </section>
        <section className={styles.section}>
          <h3>{STRINGS.start}</h3>
          <Field label={STRINGS.host} hint={STRINGS.hostHint}>
            {() => <SegmentedControl label={STRINGS.host} value={settings.host} segments={HOSTS} onChange={(host) => onChange({ host })} />}
          </Field>
        </section>
        <AboutSection />
      </div>
    </Dialog>
  )
}

function PerformanceSection({ settings, onChange }: { settings: Settings } & Pick<SettingsDialogProps, 'onChange'>) {
  const about = useLibrary((state) => state.about)
  const coreCount = about?.coreCount ?? 1
  return (
    <section className={styles.section}>
      <h3>{STRINGS.performance}</h3>
      <Field label={STRINGS.threads} hint={STRINGS.threadsHint(coreCount)}>
        {(id, hintId) => (
          <NumberInput
            id={id}
            describedBy={hintId}
            value={settings.threadCount || null}
            min={1}
            max={coreCount}
            placeholder={STRINGS.auto}
            onChange={(threadCount) => onChange({ threadCount: threadCount ?? 0 })}
          />
        )}
      </Field>
      <ProviderField settings={settings} onChange={onChange} />
      <Field label={STRINGS.memory} hint={STRINGS.memoryHint}>
        {(id, hintId) => (
          <NumberInput
            id={id}
            describedBy={hintId}
            value={settings.memoryMiB || null}
            min={256}
            max={about?.memoryMiB ?? Number.MAX_SAFE_INTEGER}
            step={64}
            placeholder={STRINGS.auto}
            onChange={(memoryMiB) => onChange({ memoryMiB: memoryMiB ?? 0 })}
          />
        )}
      </Field>
    </section>
  )
}

/** What models run on, and why: what was tried and did not work stands there too. */
function ProviderField({ settings, onChange }: { settings: Settings } & Pick<SettingsDialogProps, 'onChange'>) {
  const { execution } = useModelState()
  // What the system has, as the model's process found; one that was chosen elsewhere stays choosable.
  const choices = PROVIDER_CHOICES.filter(
    (choice) => choice === 'auto' || choice === 'cpu' || choice === settings.provider || execution?.available.includes(choice),
  )
  return (
    <Field label={STRINGS.provider} hint={execution?.reason ?? STRINGS.providerHint}>
      {(id, hintId) => (
        <SelectInput
          id={id}
          aria-describedby={hintId}
          value={settings.provider}
          onChange={({ target }) => onChange({ provider: target.value as Settings['provider'] })}
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {INFERENCE_STRINGS.providers[choice]}
            </option>
          ))}
        </SelectInput>
      )}
    </Field>
  )
}

function AboutSection() {
  const about = useLibrary((state) => state.about)
  if (about === null) return null
  return (
    <section className={styles.section}>
      <h3>{STRINGS.about}</h3>
      <p>
        {STRINGS.version(about.version)}. {STRINGS.offline}
      </p>
      <p className={styles.detail}>
        {STRINGS.dataFolder} <span className={styles.path}>{about.dataFolder}</span>
      </p>
    </section>
  )
}
