import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { PROVIDERS, type Provider } from '../../api/providers.ts'
import { writeFileAtomically } from '../storage/atomic-file.ts'

const fileSchema = z.object({ version: z.string(), providers: z.array(z.enum(PROVIDERS)) })

/** What has ended an inference process on this machine, kept in `crashed-providers.json` until the program is another version. */
export interface CrashedProviders {
  list(): readonly Provider[]
  /** Known at once, on disk soon after. */
  note(provider: Provider): void
  /** It may be tried again. */
  forget(provider: Provider): void
  /** Resolves when all is on disk. */
  settle(): Promise<void>
}

/** @param version  the program's: another one may bring another ONNX Runtime. */
export async function openCrashedProviders(path: string, version: string): Promise<CrashedProviders> {
  let providers = await readProviders(path, version)
  let writing = Promise.resolve()
  const put = (changed: readonly Provider[]) => {
    providers = changed
    // A disk that takes no more says so where something would be lost.
    const write = () => writeFileAtomically(path, JSON.stringify({ version, providers: changed })).catch(() => {})
    writing = writing.then(write)
  }
  return {
    list: () => providers,
    note: (provider) => put([...new Set([...providers, provider])]),
    forget: (provider) => providers.includes(provider) && put(providers.filter((other) => other !== provider)),
    settle: () => writing,
  }
}

async function readProviders(path: string, version: string): Promise<readonly Provider[]> {
  try {
    const kept = fileSchema.parse(JSON.parse(await readFile(path, 'utf8')))
    return kept.version === version ? kept.providers : []
  } catch {
    return []
  }
}
