import { describe, expect, it } from 'vitest'
import { editRequestSchema } from '../../electron/api/edits.ts'
import type { Job } from '../../electron/api/jobs.ts'
import { createJobStore, previewKey } from './job-store.ts'
import type { PreviewRaster } from './engine-client.ts'

function job(change: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    documentId: 'd1',
    request: editRequestSchema.parse({ kind: 'generate' }),
    state: 'running',
    createdAt: '2026-11-22T12:00:00.000Z',
    cropRect: null,
    step: 1,
    stepCount: 12,
    secondsLeft: 3,
    phase: 'predicting',
    candidates: [],
    error: null,
    ...change,
  }
}

/** An engine whose previews come when the test says so. */
function heldPreviews() {
  const asked: ((raster: PreviewRaster) => void)[] = []
  const store = createJobStore(() => new Promise((resolve) => asked.push(resolve)))
  const answer = async (width: number) => {
    asked.at(-1)?.({ width, height: 1, data: new Uint8Array(width * 3) })
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { store, asked, answer }
}

describe('the job store', () => {
  it('begins with the snapshot and follows the changes', () => {
    const { store } = heldPreviews()
    store.receive({ type: 'snapshot', installs: [], jobs: [job()], model: { packId: 'p', state: 'ready', progress: 1, message: null, execution: null } })
    store.receive({ type: 'job', job: job({ step: 5 }) })
    expect(store.getState().model.state).toBe('ready')
    expect(store.getState().jobs['j1']?.step).toBe(5)
  })

  it('asks for one preview at a time and then for the newest', async () => {
    const { store, asked, answer } = heldPreviews()
    store.putJobs([job()])
    for (const step of [1, 2, 3]) store.receive({ type: 'preview', jobId: 'j1', index: 0, step })
    expect(asked).toHaveLength(1)
    await answer(8)
    expect(asked).toHaveLength(2)
    await answer(16)
    expect(asked).toHaveLength(2)
    expect(store.getState().previews[previewKey('j1', 0)]?.width).toBe(16)
  })

  it('drops previews when the job has ended, and one that comes late', async () => {
    const { store, answer } = heldPreviews()
    store.putJobs([job()])
    store.receive({ type: 'preview', jobId: 'j1', index: 0, step: 1 })
    store.receive({ type: 'job', job: job({ state: 'done', phase: 'ended' }) })
    await answer(8)
    expect(store.getState().previews).toEqual({})
  })

  it('leaves a running job as it is when its document is duplicated, and the copy as it opened', () => {
    const { store } = heldPreviews()
    store.putJobs([job()])
    const stopped = job({ documentId: 'copy', state: 'cancelled', phase: 'ended' })
    store.receive({ type: 'job', job: stopped })
    expect(store.getState().jobs['j1']?.state).toBe('running')
    store.putJobs([stopped])
    store.receive({ type: 'job', job: job({ step: 5 }) })
    expect(store.getState().jobs['j1']).toEqual(stopped)
  })
})
