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
