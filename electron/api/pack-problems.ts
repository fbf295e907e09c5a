import type { PackProblem } from '../../models/importing/pack-error.ts'
import { EngineError, type EngineErrorCode } from './errors.ts'
import { PACK_PROBLEM_STRINGS } from './strings/packs.ts'

const CODES: Readonly<Record<PackProblem, EngineErrorCode>> = {
  'missing': 'pack-not-installed',
  'description-invalid': 'pack-corrupt',
  'family-unknown': 'pack-corrupt',
  'tokenizer-unknown': 'pack-corrupt',
  'file-missing': 'pack-corrupt',
  'file-not-plain': 'pack-corrupt',
  'file-size-differs': 'pack-corrupt',
  'file-hash-differs': 'pack-corrupt',
  'graph-unreadable': 'pack-corrupt',
  'tokenizer-unreadable': 'pack-corrupt',
  'adapter-missing': 'not-found',
}

interface Problem {
  readonly problem: PackProblem
  /** The file in the pack that it is about. */
  readonly file: string | null
}

/** What is wrong with a pack and what to do, one sentence. */
export function describePackProblem({ problem, file }: Problem): string {
  return PACK_PROBLEM_STRINGS[problem](file)
}

/** A PackError (models/importing) as the engine and the inference process report it: written once for both. */
export function packProblemError(error: Problem): EngineError {
  const { problem, file } = error
  return new EngineError(CODES[problem], describePackProblem(error), { details: { problem, file }, cause: error })
}
