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
}

/** A PackError (models/importing) as the engine and the inference process report it: written once for both. */
export function packProblemError(error: { readonly problem: PackProblem; readonly file: string | null }): EngineError {
  const { problem, file } = error
  return new EngineError(CODES[problem], PACK_PROBLEM_STRINGS[problem](file), { details: { problem, file }, cause: error })
}
