import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** What the desktop specs run on. `overrideFolder` is for ELECTRON_OVERRIDE_DIST_PATH, which the electron package and Playwright read. */
export interface FoundElectron {
  readonly overrideFolder: string | undefined
  readonly isStandIn: boolean
  readonly reason: string
}

/** Electron where its binary is, never downloading it; else the stand-in. */
export function findElectron(): FoundElectron {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const standIn = path.join(import.meta.dirname, '../electron-stand-in')
  if (override) {
    return { overrideFolder: override, isStandIn: path.resolve(override) === standIn, reason: 'ELECTRON_OVERRIDE_DIST_PATH' }
  }
  const isPresent = isBinaryPresent()
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
  if (isPresent && hasDisplay) return { overrideFolder: undefined, isStandIn: false, reason: 'its binary is installed' }
  const reason = isPresent ? 'there is no display for the real one' : "Electron's binary is not installed"
  return { overrideFolder: standIn, isStandIn: true, reason }
}

function isBinaryPresent(): boolean {
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const nameFile = path.join(folder, 'path.txt')
  return existsSync(nameFile) && existsSync(path.join(folder, 'dist', readFileSync(nameFile, 'utf8')))
}
