import os from 'node:os'
import { importCheckpoint } from '../../models/importing/import-checkpoint.ts'
import { extendPack } from '../../models/importing/extend-pack.ts'
import { inspectCheckpoint } from '../../models/importing/inspect-checkpoint.ts'
import type { ImportEvent, ImportRequest } from '../api/inference.ts'
import { chooseExecution } from './execution-providers.ts'
import { openOnnxSession } from './onnx-session.ts'
import { toEngineError } from './to-engine-error.ts'

type Handlers = { [T in ImportRequest['type']]: (request: Extract<ImportRequest, { type: T }>, emit: Emit) => Promise<void> }
type Emit = (event: ImportEvent) => void

const HANDLERS: Handlers = {
  async inspect({ checkpointFolder, budgetBytes }, emit) {
    emit({ type: 'inspected', facts: await inspectCheckpoint(checkpointFolder, budgetBytes) })
  },

  async import({ type: _, threadCount, ...request }, emit) {
    const execution = chooseExecution(threadCount, os.availableParallelism())
    const { pack } = await importCheckpoint({
      ...request,
      sessions: { load: (path, demands) => openOnnxSession(path, execution, demands) },
      onProgress: (share, stage) => emit({ type: 'importing', stage, share }),
    })
    emit({ type: 'imported', packId: pack.id })
  },

  async extend({ packFolder, change, threadCount }, emit) {
    const execution = chooseExecution(threadCount, os.availableParallelism())
    const pack = await extendPack({
      packFolder,
      change,
      sessions: { load: (path, demands) => openOnnxSession(path, execution, demands) },
      onProgress: (share, stage) => emit({ type: 'importing', stage, share }),
    })
    emit({ type: 'extended', packId: pack.id })
  },
}

/** Whether a message to the process is about adding a model. */
export function isImportRequest(request: { readonly type: string }): request is ImportRequest {
  return Object.hasOwn(HANDLERS, request.type)
}

/** Looks at or imports a model, and tells how it went. Never rejects. */
export async function handleImport(request: ImportRequest, emit: Emit): Promise<void> {
  try {
    await (HANDLERS[request.type] as (request: ImportRequest, emit: Emit) => Promise<void>)(request, emit)
  } catch (thrown) {
    const error = toEngineError(thrown)
    if (error.code === 'internal') console.error(thrown)
    emit({ type: 'import-failed', error: error.toWire() })
  }
}
