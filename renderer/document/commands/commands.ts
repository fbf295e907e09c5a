import type { z } from 'zod'
import type { ImageId } from '../../../electron/api/images.ts'
import type { HistoryLabel } from '../../../electron/api/strings/history.ts'
import type { DocumentState } from '../document.ts'
import { acceptCandidate } from './accept-candidate.ts'
import { clearFrame } from './clear-frame.ts'
import { clearMask } from './clear-mask.ts'
import type { CommandContext, CommandKind } from './command.ts'
import { crop } from './crop.ts'
import { dismissCandidates } from './dismiss-candidates.ts'
import { fillMask } from './fill-mask.ts'
import { growMask } from './grow-mask.ts'
import { invertMask } from './invert-mask.ts'
import { loadMask } from './load-mask.ts'
import { maskCells } from './mask-cells.ts'
import { maskLasso } from './mask-lasso.ts'
import { maskRectangle } from './mask-rectangle.ts'
import { paintMask } from './paint-mask.ts'
import { clearPatch, patchCells } from './patch-cells.ts'
import { clearPins, pinCells, unpinCells } from './pin-cells.ts'
import { maskAlikeCells } from './mask-alike.ts'
import { placePicture } from './place-picture.ts'
import { restoreMask } from './restore-mask.ts'
import { setFrame } from './set-frame.ts'
import { shrinkMask } from './shrink-mask.ts'
import { startRun } from './start-run.ts'

/** Every change a document's log may hold. A type, once in a log, keeps its meaning for ever. */
export const COMMAND_KINDS = [
  placePicture,
  startRun,
  acceptCandidate,
  dismissCandidates,
  paintMask,
  maskRectangle,
  maskLasso,
  maskCells,
  invertMask,
  clearMask,
  restoreMask,
  fillMask,
  growMask,
  shrinkMask,
  loadMask,
  setFrame,
  clearFrame,
  crop,
  pinCells,
  unpinCells,
  clearPins,
  maskAlikeCells,
  patchCells,
  clearPatch,
] as const

export type DocumentCommand = z.infer<(typeof COMMAND_KINDS)[number]['schema']>

/** A kind seen without its own command type: `parse` has made sure that the two belong together. */
type AnyKind = CommandKind<string, z.ZodType<{ type: string }>>

function kindOf(type: string): AnyKind | undefined {
  return COMMAND_KINDS.find((kind) => kind.type === type) as AnyKind | undefined
}

/** A command from a log. undefined where this version does not know it: such an entry changes nothing. */
export function parseCommand(logged: { type: string }): DocumentCommand | undefined {
  const parsed = kindOf(logged.type)?.schema.safeParse(logged)
  return parsed?.success ? (parsed.data as DocumentCommand) : undefined
}

export function applyCommand(state: DocumentState, command: DocumentCommand, context: CommandContext): DocumentState {
  return kindOf(command.type)?.apply(state, command, context) ?? state
}

export function labelCommand(command: DocumentCommand): HistoryLabel {
  return kindOf(command.type)?.label(command) ?? 'unknown'
}

/** Images whose pixels have to be at hand before the command is applied. */
export function listNeededMasks(command: DocumentCommand): readonly ImageId[] {
  return kindOf(command.type)?.listNeededMasks?.(command) ?? []
}
