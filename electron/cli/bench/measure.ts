import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { ProgramFiles } from '../../engine/program-folders.ts'
import { withEngine } from '../engine-session.ts'
import { measureModel, type ModelReport } from './measure-model.ts'
import { measurePictures, type PicturesReport } from './measure-pictures.ts'
import { observeInference } from './observe-inference.ts'
import { readPeakBytes } from './peak-memory.ts'
import { WIDE_PACK_ID, writeWidePack } from './wide-pack.ts'

/** Shares of the token grid that are repainted. */
const REPAINTED_SHARES = [1 / 64, 1 / 16, 1 / 4, 1]
/** Enough for a mean: with fewer steps more tokens are masked in each, and more work is done outside ONNX Runtime. */
const WIDE_STEPS = 4
const WIDE_RUNS = 3

export interface BenchTask {
  readonly packId: string | null
  readonly runCount: number
  readonly isWideLeftOut: boolean
}

export interface Report {
  readonly machine: MachineReport
  readonly model: ModelReport
  /** From the start of this process, which had to load the model. */
  readonly secondsToFirstPreview: number | null
  /** While `model` was measured. */
  readonly peakBytes: { readonly engine: number | null; readonly inference: number | null }
  readonly pictures: PicturesReport
  /** A graph of width 1024 with drawn weights. */
  readonly wide: ModelReport | null
}

interface MachineReport {
  readonly platform: string
  readonly processor: string
  readonly coreCount: number
  /** Programs that wanted a core, over the last minute: at the start and at the end. Above `coreCount`, seconds are too many. */
  readonly load: readonly [start: number, end: number]
}

/** Ratios are of one run on one machine, so they also hold on one that does other things beside. */
export async function measure(program: ProgramFiles, { packId, runCount, isWideLeftOut }: BenchTask): Promise<Report> {
  const [loadAtStart = 0] = os.loadavg()
  const observer = observeInference()
  const bundled = await withEngine(
    program,
    async (session) => {
      const model = await measureModel(session, observer, { packId, steps: null, repaintedShares: REPAINTED_SHARES, areEditsMeasured: true, runCount })
      const firstPreviewMs = observer.firstPreviewMs()
      return {
        model,
        secondsToFirstPreview: firstPreviewMs === undefined ? null : firstPreviewMs / 1000,
        peakBytes: { engine: readPeakBytes(process.pid), inference: readPeakBytes(observer.pid()) },
        pictures: await measurePictures(session),
      }
    },
    observer.wrap,
  )
  const wide = isWideLeftOut ? null : await measureWide(program)
  const [loadAtEnd = 0] = os.loadavg()
  const machine = {
    platform: `${process.platform} ${process.arch}`,
    processor: os.cpus()[0]?.model ?? '',
    coreCount: os.availableParallelism(),
    load: [loadAtStart, loadAtEnd] as const,
  }
  return { machine, ...bundled, wide }
}

async function measureWide(program: ProgramFiles): Promise<ModelReport> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'remask-bench-'))
  try {
    const bundledPacks = path.join(folder, 'packs')
    await writeWidePack(bundledPacks)
    const observer = observeInference()
    const task = { packId: WIDE_PACK_ID, steps: WIDE_STEPS, repaintedShares: [], areEditsMeasured: false, runCount: WIDE_RUNS }
    return await withEngine({ ...program, bundledPacks }, (session) => measureModel(session, observer, task), observer.wrap)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
