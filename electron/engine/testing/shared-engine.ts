import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { buildInference } from './build-inference.ts'
import { openTestEngine, removeBundle, type TestEngine } from './open-test-engine.ts'

/**
 * A real engine for all tests of a file, gone after them; awaited at the top of the file.
 *
 * @param writePacks  writes its packs into the folder it is given. Absent = those that come with the program.
 */
export async function openSharedEngine(writePacks?: (packs: string) => Promise<unknown>): Promise<TestEngine> {
  const [bundle, folder] = await Promise.all([buildInference(), mkdtemp(path.join(tmpdir(), 'remask-engine-'))])
  const packs = path.join(folder, 'packs')
  await writePacks?.(packs)
  const engine = await openTestEngine(path.join(folder, 'data'), bundle, writePacks && [packs])
  afterAll(async () => {
    await engine.engine.dispose()
    await Promise.all([rm(folder, { recursive: true, maxRetries: 10 }), removeBundle(bundle)])
  })
  return engine
}
