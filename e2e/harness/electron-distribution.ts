import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

/** By it the fuses are found in Electron's executable (@electron/fuses). Version 1; a byte for each of ten fuses follows. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSE_COUNT = 10

/** What electron-builder needs of an unpacked Electron for Linux, with an executable that is nothing but its fuses. */
export async function makeElectronDistribution(folder: string): Promise<void> {
  const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }
  await mkdir(path.join(folder, 'resources'), { recursive: true })
  await mkdir(path.join(folder, 'locales'))
  await writeFile(path.join(folder, 'locales/en-US.pak'), '')
  await writeFile(path.join(folder, 'version'), version)
  await writeFile(path.join(folder, 'LICENSE'), '')
  await writeFile(path.join(folder, 'LICENSES.chromium.html'), '')
  const fuses = `${FUSE_SENTINEL}\x01${String.fromCharCode(FUSE_COUNT)}${'1'.repeat(FUSE_COUNT)}`
  await writeFile(path.join(folder, 'electron'), `#!/bin/sh\n# ${fuses}\n`, { mode: 0o755 })
}

/** The fuses of a packed executable, as characters: 1 on, 0 off, r removed. */
export function readFuses(executable: Buffer): string {
  const start = executable.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2
  return executable.subarray(start, start + FUSE_COUNT).toString('latin1')
}
