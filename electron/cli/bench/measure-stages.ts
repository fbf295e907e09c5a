import os from 'node:os'
import { familyOf } from '../../../models/families/families.ts'
import type { LoadedPack } from '../../../models/families/family.ts'
import { choosePrecision, listPrecisions } from '../../../models/importing/precisions.ts'
import { MASK_TOKEN } from '../../../models/runtime/masked-transformer.ts'
import { guidedTerms } from '../../../models/sampling/guidance.ts'
import { generateRequestSchema } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import type { PixelSize } from '../../api/geometry.ts'
import { PRECISION_STRINGS } from '../../api/strings/packs.ts'
import { fillAndPlan } from '../../engine/edits/edits.ts'
import { stageCanvas, type CanvasSize } from '../../engine/edits/pack-geometry.ts'
import { createPackShelf } from '../../engine/packs/pack-shelf.ts'
import { findDataFolder, listPackFolders, type ProgramFiles } from '../../engine/program-folders.ts'
import { chooseExecution } from '../../inference/execution-providers.ts'
import { openOnnxSession } from '../../inference/onnx-session.ts'
import { SessionCache } from '../../inference/session-cache.ts'
import { prepareSetting, runToEnd } from './measure-precisions.ts'
import { readPeakBytes } from './peak-memory.ts'

export interface StagesTask {
  readonly packId: string | null
  readonly precision: string
  /** 0 = all cores. */
  readonly threadCount: number
  readonly size: PixelSize
  readonly steps: number
  readonly guidanceScale: number
  readonly runCount: number
}

/** What the parts of a picture take, in one process that does nothing else. Seconds are the least of some runs. */
export interface StagesReport {
  readonly packId: string
  readonly precision: string
  readonly threadCount: number
  /** Of the prompt and of the empty one. */
  readonly textSeconds: number
  /** One prediction of the first stage's whole grid under both. */
  readonly stepSeconds: number
  readonly decodeSeconds: number
  /** From words to pixels, the model being loaded. */
  readonly pictureSeconds: number
  /** From the start of the process to the end of its first step. */
  readonly firstStepSeconds: number
  readonly peakBytes: number | null
}

const PROMPT = 'a lake in the mountains at sunset'

export async function measureStages(program: ProgramFiles, task: StagesTask): Promise<StagesReport> {
  const { pack, folder } = await createPackShelf(listPackFolders(findDataFolder(), program.bundledPacks), () => null).find(task.packId)
  const isKnown = task.precision === 'auto' || listPrecisions(pack).some(({ precision }) => precision === task.precision)
  if (!isKnown) throw new EngineError('invalid-request', PRECISION_STRINGS.unknown(pack.name, task.precision))
  const budgetBytes = os.totalmem() / 2
  const { precision } = choosePrecision(pack, task.precision, { budgetBytes, usesGraphicsCard: false })
  const execution = chooseExecution(task.threadCount, os.availableParallelism())
  const sessions = new SessionCache((file, demands) => openOnnxSession(file, execution, demands), budgetBytes)
  const loaded = await familyOf(pack).load(pack, folder, { precision, load: (file, demands) => sessions.load(file, demands) }, () => {})
  const { steps, guidanceScale, size } = task
  const request = generateRequestSchema.parse({ kind: 'generate', prompt: PROMPT, seed: 1, size, steps, guidanceScale })
  const { plan } = fillAndPlan(request, undefined, pack).planned
  const canvas = stageCanvas(plan, 0, pack)
  await takeStep(loaded, canvas, guidanceScale)
  const firstStepSeconds = (performance.timeOrigin + performance.now() - processStart()) / 1000

  const least = async (work: () => Promise<unknown>) => {
    let seconds = Infinity
    for (let run = 0; run < task.runCount; run++) {
      const started = performance.now()
      await work()
      seconds = Math.min(seconds, (performance.now() - started) / 1000)
    }
    return seconds
  }
  const { textEncoder, stages } = loaded
  const encode = async () => ({ prompt: await textEncoder.encode(PROMPT), negative: await textEncoder.encode('') })
  const encoded = await encode()
  const tokens = { rows: plan.rows, columns: plan.columns, tokens: new Int32Array(plan.rows * plan.columns) }
  const draw = async () => {
    const drawn = await runToEnd(await prepareSetting(loaded, plan), 1)
    await stages.at(-1)!.tokenizer.tokensToImage(drawn)
  }
  return {
    packId: pack.id,
    precision,
    threadCount: execution.threadCount,
    textSeconds: await least(encode),
    stepSeconds: await least(() => takeStep(loaded, canvas, guidanceScale, encoded)),
    decodeSeconds: await least(() => stages.at(-1)!.tokenizer.tokensToImage(tokens)),
    pictureSeconds: await least(draw),
    firstStepSeconds,
    peakBytes: readPeakBytes(process.pid),
  }
}

type Conditioning = Awaited<ReturnType<LoadedPack['textEncoder']['encode']>>

async function takeStep(
  { textEncoder, stages }: LoadedPack, { rows, columns }: CanvasSize, scale: number, known?: { prompt: Conditioning; negative: Conditioning },
): Promise<void> {
  const { prompt, negative } = known ?? { prompt: await textEncoder.encode(PROMPT), negative: await textEncoder.encode('') }
  const grid = { rows, columns, tokens: new Int32Array(rows * columns).fill(MASK_TOKEN) }
  await stages[0]!.transformer.predict(grid, guidedTerms(prompt, negative, scale), {})
}

/** When the process began, in ms since 1970: before Node itself was there. */
function processStart(): number {
  return Date.now() - process.uptime() * 1000
}
