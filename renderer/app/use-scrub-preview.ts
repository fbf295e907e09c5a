import { useEffect, useState } from 'react'
import type { Job } from '../../electron/api/jobs.ts'
import type { FormingPreview } from '../canvas/canvas-props.ts'
import type { Scrub } from '../engine/editor-store.ts'
import { findWrittenPart } from './written-part.ts'
import type { EngineClient, PreviewRaster, Trail } from '../engine/engine-client.ts'

/** While dragging faster than this a step shows one colour per token; where one rests it is decoded. */
const REST_MS = 90

/** The picture of a decode step that is looked at; null where none is. */
export function useScrubPreview(client: EngineClient, job: Job | null, scrub: Scrub | null): FormingPreview | null {
  const isOwn = job !== null && scrub !== null && scrub.jobId === job.id
  const [raster, setRaster] = useState<{ scrub: Scrub; raster: PreviewRaster } | null>(null)
  const packId = job?.request.packId ?? ''
  useEffect(() => {
    if (!isOwn || scrub === null) return
    let isCurrent = true
    const show = (shown: PreviewRaster) => isCurrent && setRaster({ scrub, raster: shown })
    // What fails leaves the candidate itself in sight.
    void paintStep(client, packId, scrub).then(show, () => {})
    const timer = setTimeout(() => void client.getStep(scrub.jobId, scrub.index, scrub.step).then(show, () => {}), REST_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [client, packId, isOwn, scrub])
  if (!isOwn || job.cropRect === null || raster?.scrub !== scrub) return null
  return { rect: job.cropRect, ...raster.raster, writes: findWrittenPart(job.request) }
}

/** Kept between steps of one candidate. */
let known: { key: string; trail: Promise<Trail>; colours: Promise<Uint8Array> } | undefined

async function paintStep(client: EngineClient, packId: string, { jobId, index, step }: Scrub): Promise<PreviewRaster> {
  const key = `${packId} ${jobId} ${index}`
  if (known?.key !== key) known = { key, trail: client.getTrail(jobId, index), colours: client.getColours(packId) }
  const [{ rows, columns, stepCount, tokens }, colours] = await Promise.all([known.trail, known.colours])
  const endOfGuess = (step - 0.5) * (tokens.length / stepCount)
  const data = new Uint8Array(rows * columns * 3)
  for (let i = 0; i < rows * columns; i++) {
    const token = tokens[endOfGuess - rows * columns + i]!
    data.set(colours.subarray(token * 3, token * 3 + 3), i * 3)
  }
  return { width: columns, height: rows, data }
}
