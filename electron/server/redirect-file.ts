import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A page on disk that leads to `url`, readable by this user only. */
export interface RedirectFile {
  readonly file: string
  delete(): Promise<void>
}

/**
 * Every user of a machine can read the arguments of every process, so the browser is not given the secret address but
 * this file.
 */
export async function writeRedirectFile(url: string): Promise<RedirectFile> {
  // mkdtemp makes the folder for this user alone.
  const folder = await mkdtemp(path.join(tmpdir(), 'remask-'))
  const file = path.join(folder, 'open-remask.html')
  const page = `<!doctype html><meta charset="utf-8"><title>Remask</title><meta http-equiv="refresh" content="0; url=${url}">`
  await writeFile(file, page, { mode: 0o600 })
  return { file, delete: () => rm(folder, { recursive: true, force: true }) }
}
