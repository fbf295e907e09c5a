import { removeAdapter, type PackChange } from '../../../models/importing/extend-pack.ts'
import { join } from 'node:path'
import { toDiskError } from '../../api/disk-problems.ts'
import { PACK_CHANGE_STRINGS as STRINGS } from '../../api/strings/packs.ts'
import type { StartInference } from '../inference-client/inference-process.ts'
import { runImportProcess } from '../installs/import-process.ts'
import { lockDataFolder } from '../storage/data-folder-lock.ts'
import { writing } from '../storage/disk-errors.ts'
import type { InstalledPack } from './found-packs.ts'

/** Adds to installed packs and takes away from them. One change of a pack at a time, in whatever program. */
export interface PackChanges {
  /** Answers when the pack has it. Throws `data-folder-in-use` while it is being changed, and why a style does not fit. */
  extend(installed: InstalledPack, change: PackChange): Promise<void>
  removeAdapter(installed: InstalledPack, adapterId: string): Promise<void>
  /** Ends what is being done; the packs stay as they were. */
  dispose(): Promise<void>
}

export interface PackChangesOptions {
  readonly startProcess: StartInference
  readonly getThreadCount: () => number
  readonly onChange: () => void
}

export function createPackChanges({ startProcess, getThreadCount, onChange }: PackChangesOptions): PackChanges {
  const ending = new AbortController()
  const running = new Set<Promise<void>>()

  const change = async ({ folder }: InstalledPack, work: () => Promise<unknown>) => {
    const unlock = await lockDataFolder(join(folder, '.lock'), STRINGS.underWay)
    const done = writing(work).then(() => {}).finally(unlock)
    running.add(done)
    try {
      await done
      onChange()
    } catch (thrown) {
      throw toDiskError(thrown)
    } finally {
      running.delete(done)
    }
  }

  return {
    extend: (installed, wanted) =>
      change(installed, () =>
        runImportProcess(
          startProcess,
          { type: 'extend', packFolder: installed.folder, change: wanted, threadCount: getThreadCount() },
          { signal: ending.signal },
        ),
      ),
    removeAdapter: (installed, adapterId) => change(installed, () => removeAdapter(installed.folder, adapterId)),
    async dispose() {
      ending.abort()
      await Promise.allSettled(running)
    },
  }
}
