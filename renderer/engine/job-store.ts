import { createStore } from 'zustand/vanilla'
import type { EngineEvent, Job, ModelState } from '../../electron/api/jobs.ts'
import type { PreviewRaster } from './engine-client.ts'
import type { Connection } from './event-stream.ts'

export interface JobStoreState {
  readonly connection: Connection
  readonly model: ModelState
  readonly jobs: Readonly<Record<string, Job>>
  /** Newest rasters of forming candidates, by `previewKey`. */
  readonly previews: Readonly<Record<string, PreviewRaster>>
}

export const previewKey = (jobId: string, index: number): string => `${jobId}/${index}`

const hasEnded = (job: Job) => job.phase === 'ended'
const NO_MODEL: ModelState = { packId: null, state: 'idle', progress: 0, message: null, execution: null }

export type JobStore = ReturnType<typeof createJobStore>

/**
 * What the engine says about jobs and the model, as last heard. Written by the event stream, and by answers to what this
 * window asked, which may come before their events.
 */
export function createJobStore(loadPreview: (jobId: string, index: number) => Promise<PreviewRaster | undefined>) {
  const store = createStore<JobStoreState>(() => ({ connection: 'connecting', model: NO_MODEL, jobs: {}, previews: {} }))
  const isLoading = new Map<string, { isStale: boolean }>()

  const putJobs = (jobs: readonly Job[]) => {
    store.setState((state) => {
      const next = { ...state.jobs }
      for (const job of jobs) next[job.id] = job
      const ended = new Set(jobs.filter(hasEnded).map((job) => job.id))
      const previews = ended.size === 0 ? state.previews : dropPreviews(state.previews, ended)
      return { jobs: next, previews }
    })
  }

  /** One request per candidate at a time: while it runs, newer steps only ask for another round. */
  const refreshPreview = async (jobId: string, index: number) => {
    const key = previewKey(jobId, index)
    const running = isLoading.get(key)
    if (running) {
      running.isStale = true
      return
    }
    const round = { isStale: false }
    isLoading.set(key, round)
    const raster = await loadPreview(jobId, index).catch(() => undefined)
    isLoading.delete(key)
    const job = store.getState().jobs[jobId]
    if (raster && job && !hasEnded(job)) {
      store.setState((state) => ({ previews: { ...state.previews, [key]: raster } }))
      if (round.isStale) void refreshPreview(jobId, index)
    }
  }

  /** The jobs of a duplicate keep their ids: what is heard of the same job in another document is not about ours. */
  const hear = (jobs: readonly Job[]) => {
    const known = store.getState().jobs
    putJobs(jobs.filter((job) => known[job.id] === undefined || known[job.id]?.documentId === job.documentId))
  }

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    putJobs,
    setConnection: (connection: Connection) => store.setState({ connection }),
    receive(event: EngineEvent) {
      if (event.type === 'snapshot') {
        store.setState({ model: event.model })
        hear(event.jobs)
      }
      if (event.type === 'job') hear([event.job])
      if (event.type === 'model') store.setState({ model: event.model })
      if (event.type === 'preview') void refreshPreview(event.jobId, event.index)
    },
  }
}

function dropPreviews(previews: JobStoreState['previews'], jobIds: ReadonlySet<string>): JobStoreState['previews'] {
  return Object.fromEntries(Object.entries(previews).filter(([key]) => !jobIds.has(key.slice(0, key.lastIndexOf('/')))))
}
