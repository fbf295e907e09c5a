import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { EngineError } from '../api/errors.ts'

type Purpose = 'open' | 'save'

/** Enough for every file a user picks in a day; beyond it the oldest ids are forgotten. */
const MAX_REGISTERED = 10_000

/**
 * Paths that the user chose in a dialog or dropped, under ids that say nothing. Only the host registers paths; a client
 * sends ids, and an id given for opening cannot be written to.
 */
export interface FileRegistry {
  registerForOpening(path: string): string
  registerForSaving(path: string): string
  /** Throws EngineError `not-found`. */
  pathOf(fileId: string, purpose?: Purpose): string
  nameOf(fileId: string): string
}

export function createFileRegistry(): FileRegistry {
  const files = new Map<string, { path: string; purpose: Purpose }>()

  const register = (path: string, purpose: Purpose): string => {
    const fileId = randomUUID()
    files.set(fileId, { path, purpose })
    const oldest = files.keys().next().value
    if (files.size > MAX_REGISTERED && oldest !== undefined) files.delete(oldest)
    return fileId
  }

  const pathOf = (fileId: string, purpose?: Purpose): string => {
    const file = files.get(fileId)
    if (file === undefined || (purpose !== undefined && file.purpose !== purpose)) {
      throw new EngineError('not-found', 'Remask no longer knows this file. Choose it again.')
    }
    return file.path
  }

  return {
    registerForOpening: (path) => register(path, 'open'),
    registerForSaving: (path) => register(path, 'save'),
    pathOf,
    nameOf: (fileId) => basename(pathOf(fileId)),
  }
}
