import { type EditKind, editRequestSchema } from '../../../electron/api/edits.ts'
import type { EditOptions, OptionKey } from './edit.ts'

/**
 * What an edit's request has where nothing is chosen; null or undefined where that is left to the engine, which knows pack and
 * mask.
 */
export function findDefault<K extends OptionKey>(kind: EditKind, key: K): EditOptions[K] | null | undefined {
  const request = editRequestSchema.options.find(({ shape }) => shape.kind.value === kind)
  const field = (request?.shape as Partial<Record<OptionKey, { parse: (value: undefined) => unknown }>>)[key]
  return field?.parse(undefined) as EditOptions[K] | null | undefined
}
