import type { Analysis, AnalysisRequestInput, AnalysisResult } from '../api/analyses.ts'
import { EngineError } from '../api/errors.ts'
import type { PixelRect } from '../api/geometry.ts'
import type { ImageId } from '../api/images.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { Cells } from '../api/cell-choice.ts'
import { Cancelled, read, type EngineSession } from './engine-session.ts'
import { readEvents } from './event-lines.ts'
import { createProgressBar } from './progress-bar.ts'

/** Measures likelihoods. Ctrl+C stops it before the next forward pass. Throws the analysis's EngineError, or Cancelled. */
export async function analyse({ client, fetch, interruption }: EngineSession, request: AnalysisRequestInput): Promise<AnalysisResult> {
  interruption.throwIfAborted()
  const { body } = await fetch('/api/events?window=command-line')
  if (body === null) throw new Error('The engine has no event stream')
  const started = await read<Analysis>(client.analyses.$post({ json: request }))
  const one = client.analyses[':id']
  const param = { id: started.id }
  const cancel = () => void one.$delete({ param })
  interruption.addEventListener('abort', cancel)
  const bar = createProgressBar()
  try {
    if (started.state !== 'done') {
      for await (const event of readEvents(body)) {
        if (event.type !== 'analysis' || event.analysis.id !== started.id) continue
        const { step, stepCount, secondsLeft } = event.analysis
        bar.show({ phase: 'measuring', step, stepCount, secondsLeft })
        if (event.analysis.state !== 'running') {
          assertDone(event.analysis)
          break
        }
      }
    } else await body.cancel()
    return await read<AnalysisResult>(one.result.$get({ param }))
  } finally {
    interruption.removeEventListener('abort', cancel)
    bar.end()
  }
}

function assertDone({ state, error }: Analysis): void {
  if (state === 'cancelled') throw new Cancelled()
  if (state !== 'done') throw error === null ? new EngineError('inference-stopped', STRINGS.interrupted) : EngineError.fromWire(error)
}

/** The pixel mask of some of an analysis's cells. */
export async function maskCells({ client }: EngineSession, bounds: PixelRect, { crop }: AnalysisResult, cells: Cells): Promise<ImageId> {
  const made = client.masks['from-cells'].$post({ json: { bounds, crop, cells: [...cells] } })
  return (await read<{ imageId: ImageId }>(made)).imageId
}
