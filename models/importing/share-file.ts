import { constants } from 'node:fs'
import { copyFile, link } from 'node:fs/promises'

/** How a pack came to a file of the user's: a reflink shares its blocks until one changes, a hard link is the same file. */
export type SharedBy = 'reflink' | 'hard-link' | 'copy'

/**
 * Brings a file into a pack without writing to it, and without using disk space for it where the file system can.
 *
 * A reflink comes first, because a hard link changes with the original. Each way fails where the file system does not
 * know it or the folders are on different disks; only what the copy says counts.
 *
 * @param source  absolute real path of a plain file.
 * @param target  absolute; must not exist.
 * @throws {Error} the copy's own, such as ENOSPC.
 */
export async function shareFile(source: string, target: string): Promise<SharedBy> {
  const isReflinked = await copyFile(source, target, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL).then(() => true, () => false)
  if (isReflinked) return 'reflink'
  const isLinked = await link(source, target).then(() => true, () => false)
  if (isLinked) return 'hard-link'
  await copyFile(source, target, constants.COPYFILE_EXCL)
  return 'copy'
}
