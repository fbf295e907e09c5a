import { randomInt } from 'node:crypto'
import { MAX_SEED, type EditKind, type EditRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import { PACK_CHANGE_STRINGS } from '../../api/strings/packs.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import { keepFittingPins } from './pins.ts'
import type { Edit, EditedPicture, EditInputs, PackAbilities, PlannedEdit, PreparedRequest } from './edit.ts'
import { generate } from './generate.ts'
import { inpaint } from './inpaint.ts'
import { outpaint } from './outpaint.ts'
import { countSteps } from './plan-passes.ts'
import { remove } from './remove.ts'
import { replaceBackground } from './replace-background.ts'
import { restyle } from './restyle.ts'
import { retouch } from './retouch.ts'
import { upscale } from './upscale.ts'
import { vary } from './vary.ts'

const EDITS: { readonly [Kind in EditKind]: Edit<Extract<EditRequest, { kind: Kind }>> } = {
  generate,
  inpaint,
  outpaint,
  vary,
  remove,
  restyle,
  retouch,
  'replace-background': replaceBackground,
  upscale,
}

/** The edits the engine can do with a pack. */
export function listEdits(pack: PackAbilities): EditKind[] {
  const kinds = Object.keys(EDITS) as EditKind[]
  return kinds.filter((kind) => (pack.edits?.includes(kind) ?? true) && (EDITS[kind].isPossibleWith?.(pack) ?? true))
}

/** A request with every default filled in: what a job keeps, the whole recipe. */
export interface FilledEdit {
  readonly request: EditRequest
  readonly planned: PlannedEdit
}

export function inputsOf(request: EditRequest): EditInputs {
  return editOf(request).inputs(request)
}

/** Fills in the pack's defaults, draws the seed where none is given, and plans. Planning what it answers gives the same plan. */
export function fillAndPlan(asked: EditRequest, picture: EditedPicture | undefined, pack: Pack): FilledEdit {
  const edit = editOf(asked)
  const { id, defaults } = pack
  const filled = edit.fill(asked, pack)
  const prepared: PreparedRequest<EditRequest> = {
    ...filled,
    packId: id,
    seed: filled.seed ?? randomInt(MAX_SEED + 1),
    guidanceScale: filled.guidanceScale ?? defaults.guidanceScale,
    guidanceRamp: filled.guidanceRamp ?? defaults.guidanceRamp,
  }
  const adapter = findAdapter(prepared, pack)
  const { crop, plan } = edit.plan(prepared, picture, pack)
  const { pins, ...pinned } = keepFittingPins(prepared.pins ?? [], crop, plan)
  const request = { ...prepared, steps: countSteps(plan.passes), pins: pins.length > 0 ? pins : undefined, adapter }
  if (adapter === undefined) return { request, planned: { crop, ...pinned } }
  return { request, planned: { crop, plan: { ...pinned.plan, adapter: { id: adapter.id, strength: adapter.strength } } } }
}

/** The added style a request names, with its name as it is now. */
function findAdapter({ adapter }: EditRequest, { name, adapters }: Pack): EditRequest['adapter'] {
  if (adapter === undefined) return undefined
  const found = adapters.find(({ id }) => id === adapter.id)
  if (found !== undefined) return { ...adapter, name: found.name }
  const message = PACK_CHANGE_STRINGS.noAdapter(name, adapter.name ?? adapter.id, adapters.map((other) => other.name))
  throw new EngineError('invalid-request', message)
}

/** The edit of a request's own kind, which is why it takes that request. */
function editOf(request: EditRequest): Edit<EditRequest> {
  return EDITS[request.kind] as unknown as Edit<EditRequest>
}
