import { EngineError } from '../../api/errors.ts'
import { BENCH_STRINGS as STRINGS } from '../../api/strings/bench.ts'
import { generateRequestSchema } from '../../api/edits.ts'
import { fillAndPlan } from '../../engine/edits/edits.ts'
import { createPackShelf } from '../../engine/packs/pack-shelf.ts'
import { findDataFolder, listPackFolders, type ProgramFiles } from '../../engine/program-folders.ts'
import { measurePrecisions, type PrecisionReport } from './measure-precisions.ts'
import { openPrecisions } from './reduced-packs.ts'

/** For packs that bring no examples. */
const PROMPTS = ['a lake in the mountains at sunset', 'a red house in a green field']
const MOST_PROMPTS = 4

export interface PrecisionsReport {
  readonly packId: string
  readonly pictureCount: number
  readonly precisions: readonly PrecisionReport[]
}

/** Compares a pack's precisions by what they draw. @param packId  null = the first there is. */
export async function comparePackPrecisions(program: ProgramFiles, packId: string | null, seedCount: number): Promise<PrecisionsReport> {
  const { pack, folder } = await createPackShelf(listPackFolders(findDataFolder(), program.bundledPacks), () => null).find(packId)
  const opened = await openPrecisions(pack, folder)
  try {
    if (opened.others.length === 0) throw new EngineError('invalid-request', STRINGS.onePrecision(pack.name))
    const prompts = (pack.examplePrompts.length > 0 ? pack.examplePrompts : PROMPTS).slice(0, MOST_PROMPTS)
    const plans = prompts.map((prompt) => fillAndPlan(generateRequestSchema.parse({ kind: 'generate', prompt, seed: 0 }), undefined, pack).planned.plan)
    const seeds = Array.from({ length: seedCount }, (_, i) => i + 1)
    const precisions = await measurePrecisions(opened.full, opened.others, {
      plans, seeds,
      onProgress: (done, total) => {
        if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${STRINGS.drawn(done, total)}`)
      },
    })
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    return { packId: pack.id, pictureCount: plans.length * seeds.length, precisions }
  } finally {
    await opened.close()
  }
}

/** The report for people. */
export function formatPrecisions({ packId, pictureCount, precisions }: PrecisionsReport): string {
  const share = (value: number | undefined) => (value === undefined ? '–' : `${(value * 100).toFixed(1)} %`)
  const row = (cells: readonly string[]) => cells.map((cell, i) => (i === 0 ? cell.padEnd(18) : cell.padStart(13))).join('')
  return [
    STRINGS.precisionsOf(packId, pictureCount),
    row(STRINGS.precisionHead),
    ...precisions.map(({ name, equalByStep, logitError, equalInTheEnd, psnr, relativeTime }) => row([
      name, share(equalByStep[0]), share(equalByStep[Math.floor(equalByStep.length / 2)]), share(equalByStep.at(-1)),
      share(equalByStep.reduce((sum, value) => sum + value, 0) / equalByStep.length), share(logitError), share(equalInTheEnd), psnr.toFixed(1), relativeTime.toFixed(2),
    ])),
    '',
  ].join('\n')
}
