import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { WINDOW_HEADER } from '../../api/documents.ts'
import { EngineError } from '../../api/errors.ts'
import { createEngine, type Engine } from '../engine.ts'

/** A folder of its own for one test, gone afterwards. */
export async function makeTestFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'remask-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))
  return folder
}

export interface EngineUnderTest {
  readonly engine: Engine
  readonly dataFolder: string
  /** Sends JSON, or bytes as they are. Throws the answer's EngineError. */
  send(method: string, path: string, body?: unknown, window?: string): Promise<Response>
  /** The same, and the answer's JSON. */
  ask<T>(method: string, path: string, body?: unknown, window?: string): Promise<T>
}

/** A real engine on a data folder of its own; its inference process is never needed. */
export async function startEngineUnderTest(dataFolder?: string): Promise<EngineUnderTest> {
  const folder = dataFolder ?? (await makeTestFolder())
  const engine = await createEngine({
    dataFolder: folder,
    packFolders: [],
    startInference: () => {
      throw new Error('These tests do not predict anything.')
    },
    version: '0.0.0',
    host: 'command-line',
  })
  onTestFinished(() => engine.dispose())

  const send = async (method: string, path: string, body?: unknown, window = 'window-1'): Promise<Response> => {
    const isBytes = body instanceof Uint8Array
    const response = await engine.fetch(
      new Request(`app://remask/api/${path}`, {
        method,
        headers: { 'content-type': isBytes ? 'application/octet-stream' : 'application/json', [WINDOW_HEADER]: window },
        ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
      }),
    )
    if (!response.ok) throw await EngineError.fromResponse(response)
    return response
  }
  return {
    engine,
    dataFolder: folder,
    send,
    ask: async <T>(...request: Parameters<typeof send>) => (await send(...request)).json() as Promise<T>,
  }
}
