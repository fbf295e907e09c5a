import type { CheckpointProblem } from '../../models/checkpoint/checkpoint-error.ts'
import { EngineError, type EngineErrorCode } from './errors.ts'
import { CHECKPOINT_PROBLEM_STRINGS } from './strings/installs.ts'

const CODES: Readonly<Record<CheckpointProblem, EngineErrorCode>> = {
  'folder-empty': 'model-unsupported',
  'file-missing': 'model-damaged',
  'file-unreadable': 'model-damaged',
  'file-truncated': 'model-damaged',
  'header-invalid': 'model-damaged',
  'pickle-refused': 'model-unsafe',
  'name-unsafe': 'model-unsafe',
  'config-invalid': 'model-unsupported',
  'config-unsupported': 'model-unsupported',
  'tensor-missing': 'model-damaged',
  'tensor-shape-differs': 'model-unsupported',
  'tensor-type-unsupported': 'model-unsupported',
  'tensor-unexpected': 'model-unsupported',
  'family-unknown': 'model-unsupported',
  'tokenizer-invalid': 'model-unsupported',
  'adapter-keys-unknown': 'model-unsupported',
  'adapter-shape-differs': 'model-unsupported',
  'adapter-wrong-model': 'model-unsupported',
  'adapter-unsupported': 'model-unsupported',
  'adapter-name-taken': 'invalid-request',
  'pack-not-extensible': 'model-unsupported',
}

/** As much of a CheckpointError (models/checkpoint) as is needed here. */
interface Problem {
  readonly problem: CheckpointProblem
  readonly subject: string
  readonly detail: string
}

/** A checkpoint that cannot be imported, as the engine reports it: a sentence to act on, with what was found in brackets. */
export function checkpointProblemError(error: Problem): EngineError {
  const { problem, subject, detail } = error
  // Of a path, only the name: the folder is the user's own and known.
  const name = subject.split(/[\\/]/).slice(-2).join('/')
  const message = `${CHECKPOINT_PROBLEM_STRINGS[problem](name)} (${detail})`
  return new EngineError(CODES[problem], message, { details: { problem, subject: name, detail }, cause: error })
}
