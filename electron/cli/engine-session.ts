import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { hc } from 'hono/client'
import { toDiskError } from '../api/disk-problems.ts'
import { EngineError } from '../api/errors.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { App } from '../engine/app.ts'
import { dataPaths } from '../engine/storage/data-paths.ts'
import { createEngine } from '../engine/engine.ts'
import { startForkedInference } from '../engine/inference-client/forked-inference.ts'
import type { StartInference } from '../engine/inference-client/inference-process.ts'
import { findDataFolder, listPackFolders, type ProgramFiles } from '../engine/program-folders.ts'

/** The user ended the command; not a failure of ours. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'

  /** @param message  what is left of the work; shown to the user. */
  constructor(message: string = STRINGS.cancelled) {
    super(message)
  }
}

/** The engine's typed client; its calls never leave this process. */
export type Client = ReturnType<typeof hc<App>>['api']

export interface EngineSession {
  readonly client: Client
  /** For what the typed client has no type for: bodies of bytes. */
  fetch(pathname: string, init?: RequestInit): Promise<Response>
  /** Aborted with a Cancelled by the first Ctrl+C; a second one ends the program at once. */
  readonly interruption: AbortSignal
}

/**
 * Runs `work` with an engine on a data folder of its own, so that a command runs beside the open program. The user's
 * packs and settings apply; documents are neither seen nor touched.
 *
 * @param wrapInference  lets a measurement listen to the inference process.
 */
export async function withEngine<Result>(
  program: ProgramFiles,
  work: (session: EngineSession) => Promise<Result>,
  wrapInference: (start: StartInference) => StartInference = (start) => start,
): Promise<Result> {
  const userFolder = findDataFolder()
  const interruption = new AbortController()
  const interrupt = () => interruption.abort(new Cancelled())
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'remask-')).catch(refuseTemporary)
  try {
    await copyFile(dataPaths(userFolder).settings, dataPaths(dataFolder).settings).catch(() => {})
    const engine = await createEngine({
      dataFolder,
      packFolders: listPackFolders(userFolder, program.bundledPacks),
      startInference: wrapInference(startForkedInference(program.inferenceBundle)),
      version: program.version,
      host: 'command-line',
    })
    try {
      interruption.signal.throwIfAborted()
      const base = 'http://engine'
      const { api } = hc<App>(base, { fetch: (input: RequestInfo | URL, init?: RequestInit) => engine.fetch(new Request(input, init)) })
      const fetch = (pathname: string, init?: RequestInit) => engine.fetch(new Request(base + pathname, init))
      return await work({ client: api, fetch, interruption: interruption.signal })
    } finally {
      await engine.dispose()
    }
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function refuseTemporary(cause: unknown): never {
  const error = toDiskError(cause)
  if (error instanceof EngineError && error.code === 'disk-full') throw error
  throw new EngineError('disk-read-only', STRINGS.noTemporary(tmpdir()), { cause })
}

/** What `work` gives, or a Cancelled as soon as the user ends the command; for work that may be left in the middle. */
export async function untilInterrupted<Result>({ interruption }: EngineSession, work: Promise<Result>): Promise<Result> {
  const ended = new Promise<never>((_resolve, reject) => {
    interruption.addEventListener('abort', () => reject(interruption.reason as Cancelled), { once: true })
  })
  return Promise.race([work, ended])
}

interface JsonAnswer<Body> {
  readonly ok: boolean
  json(): Promise<Body>
}

/** The body of a good answer; throws the EngineError of another. */
export async function read<Body>(answer: JsonAnswer<Body> | Promise<JsonAnswer<Body>>): Promise<Body> {
  const response = await answer
  if (!response.ok) throw await EngineError.fromResponse(response as unknown as Response)
  return response.json()
}

/** A raw answer: its bytes, and the numbers that stand in its headers named `remask-…`. Throws the EngineError that was answered. */
export async function readRaw(answer: Promise<Response>): Promise<{ number(name: string): number; bytes: ArrayBuffer }> {
  const response = await answer
  if (!response.ok) throw await EngineError.fromResponse(response)
  return { number: (name) => Number(response.headers.get(`remask-${name}`)), bytes: await response.arrayBuffer() }
}
