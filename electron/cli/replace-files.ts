import { copyFile, link, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * Writes files, all of them or none: each whole to a name beside its own, then renamed. Where that fails, files that were
 * there before are there again. Throws what failed.
 *
 * @param makeBytes  of one file; they are not all held at once.
 */
export async function replaceFiles(files: readonly string[], makeBytes: (index: number) => Promise<Uint8Array>): Promise<void> {
  const halves = files.map((file) => nameBeside(file, 'part'))
  const earlier = files.map((file) => nameBeside(file, 'old'))
  try {
    for (const [index, half] of halves.entries()) await writeFile(half, await makeBytes(index), { flag: 'wx' })
    await renameAll(files, halves, earlier)
  } finally {
    await Promise.all([...halves, ...earlier].map((file) => rm(file, { force: true })))
  }
}

/** A failed rename leaves what was there, so the last file needs no second name. */
async function renameAll(files: readonly string[], halves: readonly string[], earlier: readonly string[]): Promise<void> {
  const wasThere: boolean[] = []
  for (const [index, file] of files.slice(0, -1).entries()) wasThere.push(await keep(file, earlier[index]!))
  for (const [index, file] of files.entries()) {
    try {
      await rename(halves[index]!, file)
    } catch (error) {
      for (const [done, replaced] of files.slice(0, index).entries()) {
        await (wasThere[done] ? rename(earlier[done]!, replaced) : rm(replaced, { force: true }))
      }
      throw error
    }
  }
}

/** Gives a file a second name, so that renaming over its first does not lose it. @returns false where there is none. */
async function keep(file: string, name: string): Promise<boolean> {
  try {
    // Some file systems know no second names.
    await link(file, name).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw error
      return copyFile(file, name)
    })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

function nameBeside(file: string, ending: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.${ending}`)
}
