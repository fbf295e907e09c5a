import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { engineErrorSchema } from '../../api/errors.ts'
import { modelSourceSchema } from '../../api/installs.ts'
import { writeFileAtomically } from '../storage/atomic-file.ts'
import { writing } from '../storage/disk-errors.ts'

/** A file to be downloaded, and what its bytes must be: the SHA-256 of a large file, the git blob id of a small one. */
const wantedFileSchema = z.object({
  path: z.string(),
  bytes: z.number().int().min(0),
  checksum: z.object({ kind: z.enum(['sha256', 'git-blob']), hex: z.string() }),
})
export type WantedFile = z.infer<typeof wantedFileSchema>

/** What an install keeps on disk, so that it can go on after whatever ended it. */
const installRecordSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  source: modelSourceSchema,
  createdAt: z.iso.datetime(),
  /** Of a download, once the files are looked up: they do not change when the repository does. */
  download: z.object({ commit: z.string(), files: z.array(wantedFileSchema) }).nullable(),
  error: engineErrorSchema.nullable(),
})
export type InstallRecord = z.infer<typeof installRecordSchema>

/** Where things lie in an install's folder. All on one disk with the packs, so that the finished pack is only renamed. */
export function installPaths(folder: string) {
  return {
    folder,
    record: join(folder, 'install.json'),
    lock: join(folder, 'lock'),
    /** What was downloaded, laid out as in the repository. */
    checkpoint: join(folder, 'model'),
    /** Which parts of which files are there. */
    parts: join(folder, 'parts.log'),
    draft: join(folder, 'pack'),
  }
}
export type InstallPaths = ReturnType<typeof installPaths>

export async function writeRecord(paths: InstallPaths, record: InstallRecord): Promise<void> {
  await writing(() => writeFileAtomically(paths.record, `${JSON.stringify(record)}\n`))
}

/** undefined where there is none that can be read. */
export async function readRecord(paths: InstallPaths): Promise<InstallRecord | undefined> {
  try {
    return installRecordSchema.parse(JSON.parse(await readFile(paths.record, 'utf8')))
  } catch {
    return undefined
  }
}
