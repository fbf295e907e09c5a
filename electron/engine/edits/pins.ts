import { EngineError } from '../../api/errors.ts'
import { positionInCrop, type Pin } from '../../api/pins.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import type { Crop } from '../../api/token-cells.ts'
import type { EditPlan, TokenPin } from '../../../models/sampling/edit-plan.ts'

export interface PinnedPlan {
  /** Those that hold, for the request that is kept. */
  readonly pins: Pin[]
  readonly plan: EditPlan
}

/**
 * The plan with the pins that lie on a cell it may change. Pins of another place or another scale mean nothing to it.
 *
 * Throws EngineError `invalid-request` where nothing is left to change.
 */
export function keepFittingPins(pins: readonly Pin[], crop: Crop, plan: EditPlan): PinnedPlan {
  const kept: Pin[] = []
  const tokenPins: TokenPin[] = []
  const isPinned = new Uint8Array(plan.tokenMask.length)
  for (const pin of pins) {
    const position = positionInCrop(crop, pin)
    if (position === undefined || plan.tokenMask[position] !== 1 || isPinned[position] === 1) continue
    isPinned[position] = 1
    kept.push(pin)
    tokenPins.push({ position, token: pin.token, step: pin.step })
  }
  if (kept.length === 0) return { pins: kept, plan }
  const isAllKnown = kept.every(({ step }) => step === 0) && plan.tokenMask.every((mayChange, i) => mayChange === 0 || isPinned[i] === 1)
  if (isAllKnown) throw new EngineError('invalid-request', EDIT_ERRORS.allPinned)
  return { pins: kept, plan: { ...plan, pins: tokenPins } }
}
