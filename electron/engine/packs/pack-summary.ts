import { stat } from 'node:fs/promises'
import path from 'node:path'
import { packFilePath } from '../../../models/importing/open-pack.ts'
import type { Pack, PackAdapter } from '../../../models/importing/pack.ts'
import {
  choosePrecision, findMissingPrecision, listPrecisions, listWritablePrecisions,
  type PackPrecision as PackPrecisionFacts, type PrecisionMachine, type PrecisionReason,
} from '../../../models/importing/precisions.ts'
import type { Precision } from '../../../models/runtime/session.ts'
import { describePackProblem } from '../../api/pack-problems.ts'
import type { PackPrecision, PackSummary, PrecisionOption } from '../../api/packs.ts'
import { PRECISION_STRINGS } from '../../api/strings/packs.ts'
import { listEdits } from '../edits/edits.ts'
import { cellGeometryOf, lastStage } from '../edits/pack-geometry.ts'
import type { BrokenPack, InstalledPack } from './found-packs.ts'

export interface SummaryContext {
  /** What the user chose for it: `auto` or a precision. */
  readonly precisionChoice: string
  readonly machine: PrecisionMachine
  readonly isRemovable: boolean
}

export async function summarizePack({ pack, folder }: InstalledPack, context: SummaryContext): Promise<PackSummary> {
  const { id, name, version, description, licence, attribution, files, defaults, examplePrompts, takesReference } = pack
  return {
    id, name, version, description, licence, attribution, examplePrompts, takesReference,
    problem: null,
    edits: listEdits(pack),
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    sharedBytes: await measureShared(pack, folder),
    isRemovable: context.isRemovable,
    precision: describePrecision(pack, context),
    adapters: pack.adapters.map((adapter) => ({ id: adapter.id, name: adapter.name, bytes: bytesOf(pack, adapter) })),
    takesAdapters: pack.checkpoint !== undefined && context.isRemovable,
    styles: pack.styles.map(({ name, prompt }) => ({ name, prompt })),
    ...cellGeometryOf(pack),
    hasFixedGrid: lastStage(pack).grids.kind === 'fixed',
    defaultSize: { width: defaults.width, height: defaults.height },
    defaultGuidanceScale: defaults.guidanceScale,
    defaultSteps: defaults.steps,
  }
}

/** Of a pack that cannot be used; it goes by its folder's name. */
export function summarizeBroken({ folder, error }: BrokenPack, isRemovable: boolean): PackSummary {
  const id = path.basename(folder)
  return {
    id,
    name: id,
    problem: describePackProblem(error),
    isRemovable,
    version: '', description: '', licence: '', attribution: '', examplePrompts: [], takesReference: false,
    bytes: 0, sharedBytes: 0,
    precision: { choice: 'auto', used: '', reason: '', options: [] },
    adapters: [], takesAdapters: false, edits: [], styles: [],
    downsampleFactor: 1, gridRows: 1, gridColumns: 1, hasFixedGrid: true,
    defaultSize: { width: 0, height: 0 }, defaultGuidanceScale: 1, defaultSteps: 1,
  }
}

export function describePrecisions(precisions: readonly PackPrecisionFacts[], isWritten: boolean): PrecisionOption[] {
  return precisions.map(({ precision, memoryBytes }) => ({
    id: precision, name: PRECISION_STRINGS.names[precision], memoryBytes, isWritten,
  }))
}

function describePrecision(pack: Pack, { precisionChoice, machine, isRemovable }: SummaryContext): PackPrecision {
  const { precision, reason } = choosePrecision(pack, precisionChoice, machine)
  const options = [
    ...describePrecisions(listPrecisions(pack), true),
    ...describePrecisions(isRemovable ? listWritablePrecisions(pack) : [], false),
  ]
  const isKnown = options.some(({ id }) => id === precisionChoice)
  const choice = isKnown ? precisionChoice : 'auto'
  const missing = choice === 'auto' && isRemovable ? findMissingPrecision(pack, machine) : undefined
  return { choice, used: precision, reason: describeReason(reason, missing), options }
}

/** @param missing  what would suit the machine better, and can be made. */
function describeReason(reason: PrecisionReason, missing: Precision | undefined): string {
  const why = PRECISION_STRINGS.reasons[reason]
  return missing === undefined ? why : PRECISION_STRINGS.better(why, PRECISION_STRINGS.names[missing])
}

/** What the style added to the disk. */
function bytesOf({ files }: Pack, { weights, graphs }: PackAdapter): number {
  const own = new Set([weights, ...Object.values(graphs)])
  return files.reduce((sum, file) => sum + (own.has(file.path) ? file.bytes : 0), 0)
}

/** A hard link whose other names are gone is shared with nobody any more. */
async function measureShared({ files }: Pack, folder: string): Promise<number> {
  let sharedBytes = 0
  for (const { path: name, bytes, sharedBy } of files) {
    if (sharedBy === 'reflink') sharedBytes += bytes
    if (sharedBy === 'hard-link' && (await stat(packFilePath(folder, name))).nlink > 1) sharedBytes += bytes
  }
  return sharedBytes
}
