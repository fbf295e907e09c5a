import { readFileSync } from 'node:fs'
import path from 'node:path'
import envPaths from 'env-paths'

/** The user's data folder, the same for every host. `REMASK_DATA_FOLDER` names another one. */
export function findDataFolder(): string {
  const asked = process.env['REMASK_DATA_FOLDER']
  return asked ? path.resolve(asked) : envPaths('Remask', { suffix: '' }).data
}

/** Where packs are looked for: the user's own first, then the ones that came with the program. */
export function listPackFolders(dataFolder: string, bundledPacks: string): string[] {
  return [path.join(dataFolder, 'packs'), bundledPacks]
}

/** What every host needs of the built program. Absolute paths. */
export interface ProgramFiles {
  readonly version: string
  readonly rendererFolder: string
  readonly inferenceBundle: string
  readonly bundledPacks: string
  /** The judge and what it measures packs with; only in the repository, not in an installed program. */
  readonly evaluation: string
}

/** @param bundleFolder  where the built entries lie: `import.meta.dirname` in a bundle. */
export function locateProgram(bundleFolder: string): ProgramFiles {
  const root = path.join(bundleFolder, '../..')
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
  return {
    version: manifest.version,
    rendererFolder: path.join(bundleFolder, '../renderer'),
    inferenceBundle: path.join(bundleFolder, 'inference.js'),
    bundledPacks: path.join(root, 'models/packs'),
    evaluation: path.join(root, 'models/evaluation'),
  }
}
