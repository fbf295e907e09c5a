import { existsSync } from 'node:fs'
import path from 'node:path'
import { EngineError } from '../api/errors.ts'
import { parseHubRepository } from '../api/hub-repository.ts'
import type { Install, ModelInspection, ModelSource } from '../api/installs.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { INSTALL_ERRORS } from '../api/strings/installs.ts'
import { Cancelled, read, untilInterrupted, type EngineSession } from './engine-session.ts'
import { readEvents } from './event-lines.ts'

/** A folder that is there, else a repository of the Hub. Throws `invalid-request`. */
export function parseSource(typed: string): ModelSource {
  if (existsSync(typed)) return { kind: 'path', path: path.resolve(typed) }
  const repository = parseHubRepository(typed)
  if (repository === undefined) throw new EngineError('file-unreadable', INSTALL_ERRORS.notAFolder(typed))
  return repository
}

export async function inspectModel(session: EngineSession, source: ModelSource): Promise<ModelInspection> {
  return untilInterrupted(session, read<ModelInspection>(session.client.installs.inspect.$post({ json: { source } })))
}

/**
 * Installs a model and answers when it is a pack. Ctrl+C stops it: what was downloaded stays, and the same command goes on with
 * it.
 *
 * Throws the install's EngineError, or Cancelled.
 */
export async function installModel(
  { client, fetch, interruption }: EngineSession,
  { source, name }: { source: ModelSource; name: string | null },
  onProgress: (install: Install) => void,
): Promise<string> {
  interruption.throwIfAborted()
  const { body } = await fetch('/api/events?window=command-line')
  if (body === null) throw new Error('The engine has no event stream')
  const { id, isPausable } = await read<Install>(client.installs.$post({ json: { source, name, isLicenceAccepted: true } }))
  // What can be gone on with is left for the next time: the engine's end pauses it.
  const stop = () => void (isPausable ? client.installs[':id'].pause.$post({ param: { id } }) : client.installs[':id'].$delete({ param: { id } }))
  interruption.addEventListener('abort', stop)
  if (interruption.aborted) stop()
  try {
    for await (const event of readEvents(body)) {
      if (event.type !== 'install' || event.install.id !== id) continue
      onProgress(event.install)
      const { state, error, packId } = event.install
      if (state === 'done') return packId!
      if (state === 'failed') {
        // A folder can be named again; what was downloaded is kept for another try.
        if (!isPausable) await client.installs[':id'].$delete({ param: { id } })
        throw error === null ? new EngineError('inference-stopped', STRINGS.interrupted) : EngineError.fromWire(error)
      }
      if (state === 'paused' || state === 'cancelled') throw new Cancelled(isPausable ? STRINGS.downloadKept : undefined)
    }
    throw new Error('The event stream ended before the install')
  } finally {
    interruption.removeEventListener('abort', stop)
  }
}
