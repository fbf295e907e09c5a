import { familyOf } from '../../models/families/families.ts'
import type { LoadedPack } from '../../models/families/family.ts'
import { openPack } from '../../models/importing/open-pack.ts'
import { verifyFile } from '../../models/importing/verify-pack.ts'
import { choosePrecision, type ChosenPrecision, type PrecisionMachine } from '../../models/importing/precisions.ts'
import type { Pack, PackStage } from '../../models/importing/pack.ts'
import type { ChosenAdapter, SessionLoader } from '../../models/runtime/session.ts'
import type { VqTokenizer } from '../../models/runtime/vq-tokenizer.ts'
import { INFERENCE_STRINGS } from '../api/strings/inference.ts'

/** A pack with all its graphs loaded, and what previews need. */
export interface ReadyPack extends LoadedPack {
  /** One per stage. */
  readonly previews: readonly StagePreviews[]
  readonly chosen: ChosenPrecision
}

interface StagePreviews {
  /** [codebookSize × 3], RGB in [0, 1]. */
  readonly codebookColors: Float32Array
  /** Wall time of decoding one native grid of the stage; of a large model a guess. */
  readonly decodeMs: number
}

export type ReportLoading = (progress: number, message: string) => void

/** Up to here the files' hashes are compared at every load: about 0.2 s. Larger packs are verified when the user asks. */
const MAX_HASHED_BYTES = 256 * 2 ** 20

/** Up to here one more decode delays nobody. Of a 512-pixel model it would take 20 seconds of one core before the first step. */
const MAX_COLORS_MS = 500
/** Finding the colours decodes a grid at least this large (16 × 16), once or more. */
const COLORED_TOKEN_COUNT = 256
/** aMUSEd's decoder on two cores takes 4 (models/README.md). */
const GUESSED_MS_PER_TOKEN = 5

/** Loads packs and keeps them. Their sessions belong to the session cache, which may release them under its budget. */
export class PackCache {
  private readonly sessions: SessionLoader
  private readonly machine: PrecisionMachine
  private readonly packs = new Map<string, { description: string; ready: ReadyPack }>()

  constructor(sessions: SessionLoader, machine: PrecisionMachine) {
    this.sessions = sessions
    this.machine = machine
  }

  /**
   * @param wanted  `auto`, or the precision the user wants.
   * @param adapter  the style to be drawn in; undefined = none.
   * @throws {PackError}
   */
  async load(folder: string, wanted: string, report: ReportLoading, adapter?: ChosenAdapter): Promise<ReadyPack> {
    const pack = await openPack(folder)
    const chosen = choosePrecision(pack, wanted, this.machine)
    const description = JSON.stringify([chosen, pack, adapter])
    // Beside the pack as it is, the style used last: its graphs are the session cache's, and so is most of the pack.
    const key = adapter === undefined ? folder : `${folder} with a style`
    const known = this.packs.get(key)
    if (known?.description === description) return known.ready
    await checkHashes(pack, folder, (share) => report(share * 0.2, INFERENCE_STRINGS.checkingPack))
    const loaded = await familyOf(pack).load(pack, folder, this.sessionsIn(chosen, adapter), (share) =>
      report(0.2 + share * 0.5, INFERENCE_STRINGS.loadingGraphs),
    )
    report(0.7, INFERENCE_STRINGS.preparingPreviews)
    const ready = { ...(await prepareForPreviews(loaded)), chosen }
    this.packs.set(key, { description, ready })
    report(1, INFERENCE_STRINGS.preparingPreviews)
    return ready
  }

  private sessionsIn({ precision }: ChosenPrecision, adapter: ChosenAdapter | undefined): SessionLoader {
    return { precision, ...(adapter === undefined ? {} : { adapter }), load: (path, demands) => this.sessions.load(path, demands) }
  }
}

async function checkHashes(pack: Pack, folder: string, report: (share: number) => void): Promise<void> {
  const totalBytes = pack.files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (totalBytes > MAX_HASHED_BYTES) return
  let checkedBytes = 0
  for (const file of pack.files) {
    report(checkedBytes / totalBytes)
    await verifyFile(folder, file)
    checkedBytes += file.bytes
  }
}

async function prepareForPreviews(loaded: LoadedPack): Promise<Omit<ReadyPack, 'chosen'>> {
  const previews: StagePreviews[] = []
  /** Stages that share a decoder share its codes. */
  const colored = new Map<string, { colors: Float32Array; ms: number }>()
  for (const [i, { tokenizer }] of loaded.stages.entries()) {
    const stage = loaded.pack.stages[i]!
    const { vqDecoder } = stage
    const known = colored.get(vqDecoder) ?? (await time(() => tokenizer.codebookColors()))
    colored.set(vqDecoder, known)
    previews.push({ codebookColors: known.colors, decodeMs: await findDecodeMs(tokenizer, stage, known.ms) })
  }
  return { ...loaded, previews }
}

async function time(work: () => Promise<Float32Array>): Promise<{ colors: Float32Array; ms: number }> {
  const started = performance.now()
  return { colors: await work(), ms: performance.now() - started }
}

/** Measured where that is quick; else guessed from the decodes that the colours took, and measured with the first preview. */
async function findDecodeMs(tokenizer: VqTokenizer, { grids: { rows, columns }, codebookColors }: PackStage, colorsMs: number): Promise<number> {
  const tokenCount = rows * columns
  // Colours that an import wrote down: the decoder is a large one, and is not even loaded yet.
  if (codebookColors !== undefined) return tokenCount * GUESSED_MS_PER_TOKEN
  if (colorsMs > MAX_COLORS_MS) return colorsMs * Math.max(1, tokenCount / COLORED_TOKEN_COUNT)
  const started = performance.now()
  await tokenizer.tokensToImage({ rows, columns, tokens: new Int32Array(tokenCount) })
  return performance.now() - started
}
