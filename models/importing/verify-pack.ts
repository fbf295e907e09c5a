import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { checkFile, packFilePath } from './open-pack.ts'
import { PackError, type PackProblem } from './pack-error.ts'
import type { Pack } from './pack.ts'

export interface FileCheck {
  readonly path: string
  /** null = intact. */
  readonly problem: PackProblem | null
}

/** Compares the bytes of every file of a pack with its description: size and SHA-256. About a second per GiB. */
export async function verifyPack(pack: Pack, folder: string): Promise<FileCheck[]> {
  const checks: FileCheck[] = []
  for (const file of pack.files) {
    const problem = await verifyFile(folder, file).then(
      () => null,
      (thrown: unknown) => {
        if (thrown instanceof PackError) return thrown.problem
        throw thrown
      },
    )
    checks.push({ path: file.path, problem })
  }
  return checks
}

/** @throws {PackError} when the file is not byte for byte what the description says. */
export async function verifyFile(folder: string, file: Pack['files'][number]): Promise<void> {
  await checkFile(folder, file)
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(packFilePath(folder, file.path)), hash)
  } catch (cause) {
    throw new PackError('file-missing', file.path, 'cannot be read', { cause })
  }
  if (hash.digest('hex') !== file.sha256) throw new PackError('file-hash-differs', file.path, 'other bytes than published')
}
