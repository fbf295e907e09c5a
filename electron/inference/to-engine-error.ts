import { CheckpointError } from '../../models/checkpoint/checkpoint-error.ts'
import { PackError } from '../../models/importing/pack-error.ts'
import { checkpointProblemError } from '../api/checkpoint-problems.ts'
import { toDiskError } from '../api/disk-problems.ts'
import { EngineError } from '../api/errors.ts'
import { packProblemError } from '../api/pack-problems.ts'
import { INFERENCE_STRINGS } from '../api/strings/inference.ts'

/** What the C++ library and V8 say when memory runs out. */
const MEMORY_MESSAGES = /bad_alloc|failed to allocate|out of memory|array buffer allocation failed|invalid array length/i

/** Sorts what was thrown while loading, running or importing a pack by who can do something about it. */
export function toEngineError(thrown: unknown): EngineError {
  if (isMemoryError(thrown)) return new EngineError('out-of-memory', INFERENCE_STRINGS.outOfMemory, { cause: thrown })
  if (thrown instanceof PackError) return packProblemError(thrown)
  if (thrown instanceof CheckpointError) return checkpointProblemError(thrown)
  return EngineError.from(toDiskError(thrown))
}

function isMemoryError(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false
  return MEMORY_MESSAGES.test(thrown.message) || isMemoryError(thrown.cause)
}
