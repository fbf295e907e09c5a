import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'

/** What a folder holds: names, bytes and times, so that any change shows. */
export async function fingerprintFolder(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const entry of (await readdir(folder, { recursive: true, withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(entry.parentPath, entry.name)
    hash.update(`${file} ${(await stat(file)).mtimeMs}`)
    if (entry.isFile()) hash.update(await readFile(file))
  }
  return hash.digest('hex')
}
