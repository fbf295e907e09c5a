import type { AnalysisRequest, AnalysisSource } from '../../api/analyses.ts'
import { EngineError } from '../../api/errors.ts'
import type { RgbRaster } from '../../api/inference.ts'
import { JOB_ERRORS } from '../../api/strings/jobs.ts'
import { cropOverPicture, cropRect, findTouchedCells, type Crop } from '../../api/token-cells.ts'
import { intersectRects } from '../../api/geometry.ts'
import type { Job } from '../../api/jobs.ts'
import { readCropView } from '../blending/crop-view.ts'
import { toModelRaster } from '../blending/model-view.ts'
import { cellGeometryOf, fillCoarsest, lastStage } from '../edits/pack-geometry.ts'
import { prepareEdit, readPicture } from '../jobs/prepare-edit.ts'
import type { CandidateTools } from '../jobs/candidates.ts'
import type { InstalledPack } from '../packs/found-packs.ts'
import type { PackLibrary } from '../packs/packs.ts'

export interface AnalysisTools {
  readonly packs: PackLibrary
  readonly pixels: CandidateTools
  /** Throws `not-found`. */
  readonly getJob: (jobId: string) => Job
}

/** What is measured, before its pixels or tokens are read. */
export interface PreparedAnalysis {
  readonly installed: InstalledPack
  readonly crop: Crop
  /** [rows × columns] of the crop, 1 = measured. */
  readonly tokenMask: Uint8Array
  /** What the cells show, by content: with the pack it names all that likelihoods depend on but the prompt. */
  readonly contentKey: string
  readSource(): Promise<{ readonly image: RgbRaster } | { readonly tokens: Uint16Array }>
}

type Source<Kind> = Extract<AnalysisSource, { kind: Kind }>
type Prepare<Kind> = (tools: AnalysisTools, source: Source<Kind>, packId: string | null) => Promise<PreparedAnalysis>

const PREPARERS: { readonly [Kind in AnalysisSource['kind']]: Prepare<Kind> } = {
  async picture({ packs, pixels: { images, colour } }, { image, detail }, packId) {
    const installed = await packs.find(packId)
    const picture = await readPicture(images, image)
    const crop = fillCoarsest(cropOverPicture(picture.bounds, cellGeometryOf(installed.pack), detail), installed.pack)
    const { downsampleFactor } = lastStage(installed.pack)
    const size = { width: crop.columns * downsampleFactor, height: crop.rows * downsampleFactor }
    return {
      installed,
      crop,
      tokenMask: findTouchedCells(crop, (cell) => intersectRects(cell, picture.bounds) !== undefined),
      contentKey: `picture ${image} ${detail}`,
      readSource: async () => ({
        image: await toModelRaster(await readCropView(images, picture, cropRect(crop), size), picture, colour),
      }),
    }
  },

  async candidate({ packs, pixels, getJob }, { jobId, index }) {
    const { request, candidates } = getJob(jobId)
    const candidate = candidates.find((other) => other.index === index)
    if (candidate === undefined) throw new EngineError('not-found', JOB_ERRORS.unknownCandidate, { details: { jobId, index } })
    // Its tokens mean something to the pack that drew them alone.
    const { installed, planned } = await prepareEdit({ packs, ...pixels }, request)
    return {
      installed,
      crop: planned.crop,
      tokenMask: planned.plan.tokenMask,
      contentKey: `tokens ${candidate.tokens} ${JSON.stringify(planned.crop)} ${request.kind} ${JSON.stringify([...planned.plan.tokenMask])}`,
      async readSource() {
        const bytes = await pixels.blobs.get(candidate.tokens)
        return { tokens: new Uint16Array(bytes.slice().buffer) }
      },
    }
  },
}

/** Throws `not-found`, `invalid-request`, and what the packs throw. */
export function prepareAnalysis(tools: AnalysisTools, { source, packId }: AnalysisRequest): Promise<PreparedAnalysis> {
  return (PREPARERS[source.kind] as Prepare<AnalysisSource['kind']>)(tools, source, packId)
}
