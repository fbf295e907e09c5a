import { z } from 'zod'
import { CheckpointError } from '../checkpoint/checkpoint-error.ts'
import type { JsonObject } from '../checkpoint/open-checkpoint.ts'

/** A size in a config. */
export const size = () => z.number().int().min(1).max(1_000_000)

/**
 * Reads a config that was published with a checkpoint.
 *
 * @param name  of the file, for the error.
 * @throws {CheckpointError} 'config-invalid'
 */
export function parseConfig<S extends z.ZodType>(schema: S, config: JsonObject, name: string): z.output<S> {
  const parsed = schema.safeParse(config)
  if (!parsed.success) throw new CheckpointError('config-invalid', name, z.prettifyError(parsed.error), { cause: parsed.error })
  return parsed.data
}

/** @throws {CheckpointError} 'config-unsupported' with the first of the reasons whose condition does not hold. */
export function checkConfig(name: string, conditions: readonly (readonly [holds: boolean, reason: string])[]): void {
  const broken = conditions.find(([holds]) => !holds)
  if (broken !== undefined) throw new CheckpointError('config-unsupported', name, broken[1])
}
