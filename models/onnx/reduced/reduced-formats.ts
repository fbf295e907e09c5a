import type { Precision } from '../../runtime/session.ts'
import { f16 } from './f16.ts'
import { int4 } from './int4.ts'
import { int8 } from './int8.ts'
import type { ReducedFormat } from './reduced-format.ts'

/** Every precision but the full one. */
export type ReducedPrecision = Exclude<Precision, 'f32'>

export const REDUCED_FORMATS: Readonly<Record<ReducedPrecision, ReducedFormat>> = { f16, int8, int4 }
