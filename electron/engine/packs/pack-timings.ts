import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import type { Pack } from '../../../models/importing/pack.ts'
import { writeFileAtomically } from '../storage/atomic-file.ts'
import type { PackTiming } from '../jobs/job-progress.ts'

const timingsSchema = z.record(z.string(), z.object({ stepMs: z.number(), finishMs: z.number() }))

/** What each pack took on this machine, kept in `timings.json`. Nothing is lost with it but the first job's seconds left. */
export interface PackTimings {
  find(pack: Pack): PackTiming | undefined
  note(pack: Pack, timing: PackTiming): Promise<void>
}

/** @param getThreadCount  as in the settings: other numbers of threads take other times. */
export async function openPackTimings(path: string, getThreadCount: () => number): Promise<PackTimings> {
  const timings = await readTimings(path)
  const keyOf = ({ id, version }: Pack) => `${id} ${version} ${getThreadCount() || availableParallelism()}`
  return {
    find: (pack) => timings[keyOf(pack)],
    async note(pack, timing) {
      timings[keyOf(pack)] = timing
      // A disk that takes no more says so where something would be lost.
      await writeFileAtomically(path, JSON.stringify(timings)).catch(() => {})
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
