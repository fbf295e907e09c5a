import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { ElectronFound } from './choose-host.ts'

/** Longer than a slow line needs for one answer, short enough to wait for without one. */
const REACHABLE_WITHIN_MS = 3000
const DOWNLOAD_WITHIN_MS = 15 * 60_000

export interface ElectronBinary {
  readonly found: ElectronFound
  /** Absolute, where it was found. */
  readonly executable?: string
}

/**
 * Electron's binary, which its package fetches on first use and not when it is installed.
 *
 * @param root  the program's folder, whose node_modules has the package.
 * @param sayDownloading  called once, before a download begins.
 */
export async function findElectronBinary(root: string, sayDownloading: () => void): Promise<ElectronBinary> {
  const folder = findPackage(root)
  if (folder === undefined) return { found: 'unreachable' }
  const present = readExecutable(folder)
  if (present !== undefined) return { found: 'present', executable: present }
  if (!(await isReachable())) return { found: 'unreachable' }
  sayDownloading()
  const isDownloaded = await download(folder)
  const executable = isDownloaded ? readExecutable(folder) : undefined
  return executable === undefined ? { found: 'unreachable' } : { found: 'downloaded', executable }
}

function findPackage(root: string): string | undefined {
  try {
    return path.dirname(createRequire(path.join(root, 'package.json')).resolve('electron/package.json'))
  } catch {
    return undefined
  }
}

/** As the package's own index.js, which would download at once and without a limit. */
function readExecutable(folder: string): string | undefined {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const nameFile = path.join(folder, 'path.txt')
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : undefined
  const executable = override ? path.join(override, name ?? 'electron') : name && path.join(folder, 'dist', name)
  return executable && existsSync(executable) ? executable : undefined
}

async function isReachable(): Promise<boolean> {
  const source = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/'
  try {
    await fetch(source, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(REACHABLE_WITHIN_MS) })
    return true
  } catch {
    return false
  }
}

function download(folder: string): Promise<boolean> {
  const child = spawn(process.execPath, [path.join(folder, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_WITHIN_MS })
  return new Promise((resolve) => {
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })
}
