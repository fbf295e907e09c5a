import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { REMOVED_PREFIX } from '../packs/remove-pack.ts'
import { isLocked } from '../storage/data-folder-lock.ts'
import { unlessMissing } from '../storage/disk-errors.ts'
import { listFolders } from '../storage/list-folders.ts'
import { installPaths, readRecord, type InstallPaths, type InstallRecord } from './install-record.ts'

/** A folder without a record that was made this lately may belong to a program that has just begun. */
const BEGINNING_MS = 60_000

/** Where installs lie: hidden beside the packs. */
export function installsFolder(packsFolder: string): string {
  return join(packsFolder, '.installs')
}

/** What earlier programs left unfinished. What cannot go on is removed, and so are packs that were being deleted. */
export async function findLeftInstalls(packsFolder: string): Promise<{ paths: InstallPaths; record: InstallRecord }[]> {
  for (const name of await listFolders(packsFolder)) {
    if (name.startsWith(REMOVED_PREFIX)) await rm(join(packsFolder, name), { recursive: true, force: true }).catch(() => {})
  }
  const left: { paths: InstallPaths; record: InstallRecord }[] = []
  for (const name of await listFolders(installsFolder(packsFolder))) {
    const paths = installPaths(join(installsFolder(packsFolder), name))
    if (await isLocked(paths.lock)) continue
    const record = await readRecord(paths)
    if (record !== undefined) left.push({ paths, record })
    else if (!(await isJustMade(paths.folder))) await rm(paths.folder, { recursive: true, force: true }).catch(() => {})
  }
  return left
}

async function isJustMade(folder: string): Promise<boolean> {
  const made = await unlessMissing(stat(folder), undefined)
  return made !== undefined && Date.now() - made.mtimeMs < BEGINNING_MS
}
