import { readFile, rename } from 'node:fs/promises'
import { errnoOf } from '../api/disk-problems.ts'
import { settingsSchema, type Settings } from '../api/settings.ts'
import { writeFileAtomically } from './storage/atomic-file.ts'
import { writing } from './storage/disk-errors.ts'

/** The user's settings, kept in `settings.json` of the data folder. */
export interface SettingsStore {
  get(): Settings
  /** Answers when they are on disk. */
  put(settings: Settings): Promise<Settings>
  /** Called after each change. Returns what ends it. */
  onChange(listener: (settings: Settings) => void): () => void
}

/** A file that cannot be read is kept beside as `settings.json.unreadable`, and the defaults apply. */
export async function openSettings(path: string): Promise<SettingsStore> {
  let current = await readSettings(path)
  let lastWrite: Promise<unknown> = Promise.resolve()
  const listeners = new Set<(settings: Settings) => void>()
  return {
    get: () => current,
    put(settings) {
      const write = async () => {
        await writing(() => writeFileAtomically(path, `${JSON.stringify(settings, null, 2)}\n`))
        current = settings
        for (const listener of listeners) listener(settings)
        return settings
      }
      const result = lastWrite.then(write, write)
      lastWrite = result.catch(() => {})
      return result
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

async function readSettings(path: string): Promise<Settings> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return '{}'
    throw error
  })
  try {
    return settingsSchema.parse(JSON.parse(text))
  } catch {
    await writing(() => rename(path, `${path}.unreadable`))
    return settingsSchema.parse({})
  }
}
