import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import type { EditKind } from '../../api/edits.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import { writeFileAtomically } from '../storage/atomic-file.ts'
import type { EditTiming } from '../jobs/edit-timing.ts'
import type { PackTiming } from '../jobs/job-progress.ts'

const editTimingSchema = z.object({
  stages: z.array(z.object({ stepMs: z.number(), tokenCount: z.number() })).readonly(),
  finishMs: z.number(),
  overheadMs: z.number(),
})
const timingsSchema = z.record(
  z.string(),
  z.object({ stepMs: z.array(z.number().nullable()).readonly(), finishMs: z.number(), edits: z.record(z.string(), editTimingSchema).optional() }),
)

/** What each pack took on this machine, kept in `timings.json`. Nothing is lost with it but the first job's seconds left. */
export interface PackTimings {
  find(pack: Pack): PackTiming | undefined
  note(pack: Pack, timing: PackTiming): Promise<void>
  /** What an edit of that kind took last. */
  findEdit(pack: Pack, kind: EditKind): EditTiming | undefined
  noteEdit(pack: Pack, kind: EditKind, timing: EditTiming): Promise<void>
}

/** @param getThreadCount  as in the settings: other numbers of threads take other times. */
export async function openPackTimings(path: string, getThreadCount: () => number): Promise<PackTimings> {
  const timings = await readTimings(path)
  const keyOf = ({ id, version }: Pack) => `${id} ${version} ${getThreadCount() || availableParallelism()}`
  // A disk that takes no more says so where something would be lost.
  const save = () => writeFileAtomically(path, JSON.stringify(timings)).catch(() => {})
  return {
    find: (pack) => timings[keyOf(pack)],
    async note(pack, timing) {
      timings[keyOf(pack)] = { ...timings[keyOf(pack)], ...timing }
      await save()
    },
    findEdit: (pack, kind) => timings[keyOf(pack)]?.edits?.[kind],
    async noteEdit(pack, kind, timing) {
      const known = timings[keyOf(pack)]
      if (known === undefined) return
      timings[keyOf(pack)] = { ...known, edits: { ...known.edits, [kind]: timing } }
      await save()
    },
  }
}

async function readTimings(path: string): Promise<z.infer<typeof timingsSchema>> {
  try {
    return timingsSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return {}
  }
}
