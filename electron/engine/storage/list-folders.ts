import { readdir } from 'node:fs/promises'
import { unlessMissing } from './disk-errors.ts'

/** Names of the folders in a folder; none where it is missing. Files that file managers leave anywhere (`.DS_Store`) are not ours. */
export async function listFolders(folder: string): Promise<string[]> {
  const entries = await unlessMissing(readdir(folder, { withFileTypes: true }), [])
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}
