import { zValidator } from '@hono/zod-validator'
import type { ValidationTargets } from 'hono'
import { z, type ZodType } from 'zod'
import { EngineError } from '../../api/errors.ts'

/** Checks a part of a request at the door: what does not fit is `invalid-request`, with what was expected. */
export function validate<Target extends keyof ValidationTargets, Schema extends ZodType>(target: Target, schema: Schema) {
  return zValidator(target, schema, (result) => {
    if (result.success) return
    throw new EngineError('invalid-request', `The request is not as expected: ${z.prettifyError(result.error)}`)
  })
}
