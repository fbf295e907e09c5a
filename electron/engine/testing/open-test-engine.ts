import { rm } from 'node:fs/promises'
import path from 'node:path'
import { EngineError } from '../../api/errors.ts'
import type { PixelRect } from '../../api/geometry.ts'
import { PIXEL_FORMATS, TILE_SIZE, tileKey, type ImageId, type PixelFormat, type TileImage } from '../../api/images.ts'
import type { EngineEvent, Job } from '../../api/jobs.ts'
import type { EditRequestInput } from '../../api/edits.ts'
import { createEngine, type Engine } from '../engine.ts'
import { startForkedInference } from '../inference-client/forked-inference.ts'
import type { InferenceProcess } from '../inference-client/inference-process.ts'
import { BUNDLED_PACKS } from './build-inference.ts'

/** An engine with the real inference process, spoken to as a window does. */
export class TestEngine {
  readonly engine: Engine
  /** All that were started, the newest last: to be killed by tests. */
  readonly processes: InferenceProcess[]

  constructor(engine: Engine, processes: InferenceProcess[]) {
    this.engine = engine
    this.processes = processes
  }

  async send(method: string, address: string, body?: unknown): Promise<Response> {
    const isRaw = body instanceof Uint8Array
    return this.engine.fetch(
      new Request(`http://engine/api${address}`, {
        method,
        ...(body === undefined ? {} : { body: isRaw ? new Uint8Array(body) : JSON.stringify(body) }),
        headers: { 'remask-window': 'test', ...(isRaw ? {} : { 'content-type': 'application/json' }) },
      }),
    )
  }

  /** The answer's JSON; throws the EngineError that was answered. */
  async ask<T>(method: string, address: string, body?: unknown): Promise<T> {
    const response = await this.send(method, address, body)
    if (!response.ok) throw await EngineError.fromResponse(response)
    return (await response.json()) as T
  }

  async startJob(request: EditRequestInput, documentId: string | null = null): Promise<Job> {
    return this.ask('POST', '/jobs', { documentId, request })
  }

  getJob(jobId: string): Promise<Job> {
    return this.ask('GET', `/jobs/${jobId}`)
  }

  async waitForJob(jobId: string, isWanted: (job: Job) => boolean = hasEnded): Promise<Job> {
    for (;;) {
      const job = await this.getJob(jobId)
      if (isWanted(job)) return job
      if (hasEnded(job)) throw new Error(`The job ended: ${job.state} ${job.error?.message ?? ''}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  async runJob(request: EditRequestInput, documentId: string | null = null): Promise<Job> {
    return this.waitForJob((await this.startJob(request, documentId)).id)
  }

  /** Uploads pixels as a window does: tile by tile. `at` gives one pixel's bytes. */
  async paint(bounds: PixelRect, format: PixelFormat, at: (x: number, y: number) => readonly number[]): Promise<ImageId> {
    const bytesPerPixel = PIXEL_FORMATS[format]
    const tiles: TileImage['tiles'] = {}
    const tileOf = (position: number) => Math.floor(position / TILE_SIZE)
    for (let row = tileOf(bounds.y); row <= tileOf(bounds.y + bounds.height - 1); row++) {
      for (let column = tileOf(bounds.x); column <= tileOf(bounds.x + bounds.width - 1); column++) {
        const bytes = new Uint8Array(TILE_SIZE * TILE_SIZE * bytesPerPixel)
        for (let i = 0; i < TILE_SIZE * TILE_SIZE; i++) {
          const x = column * TILE_SIZE + (i % TILE_SIZE)
          const y = row * TILE_SIZE + Math.floor(i / TILE_SIZE)
          const isInside = x >= bounds.x && y >= bounds.y && x < bounds.x + bounds.width && y < bounds.y + bounds.height
          if (isInside) bytes.set(at(x, y), i * bytesPerPixel)
        }
        if (bytes.every((byte) => byte === 0)) continue
        const { hash } = await this.ask<{ hash: string }>('POST', '/blobs', bytes)
        tiles[tileKey(column, row)] = hash
      }
    }
    const image: TileImage = { bounds, format, iccProfile: null, hasAlpha: false, exif: null, tiles }
    return (await this.ask<{ imageId: ImageId }>('POST', '/tile-images', image)).imageId
  }

  /** RGBA, 8 bits, of tile 0,0 as it is shown. */
  async readTile(imageId: ImageId, key = '0,0'): Promise<Uint8Array> {
    const response = await this.send('GET', `/images/${imageId}/tiles/0/${key}`)
    if (!response.ok) throw await EngineError.fromResponse(response)
    return new Uint8Array(await response.arrayBuffer())
  }

  /** Events of a window from now on, until `isLast`. */
  async collectEvents(window: string, isLast: (event: EngineEvent) => boolean): Promise<EngineEvent[]> {
    const response = await this.send('GET', `/events?window=${window}`)
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    const events: EngineEvent[] = []
    let text = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return events
      text += value
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = JSON.parse(text.slice('data: '.length, end)) as EngineEvent
        text = text.slice(end + 2)
        events.push(event)
        if (!isLast(event)) continue
        await reader.cancel()
        return events
      }
    }
  }
}

export async function openTestEngine(dataFolder: string, bundle: string, packFolders = [BUNDLED_PACKS]) {
  const processes: InferenceProcess[] = []
  const start = startForkedInference(bundle)
  const startInference = () => {
    const started = start()
    processes.push(started)
    return started
  }
  const engine = await createEngine({ dataFolder, packFolders, startInference, version: '0', host: 'browser' })
  return new TestEngine(engine, processes)
}

export async function removeBundle(bundle: string): Promise<void> {
  await rm(path.dirname(bundle), { recursive: true })
}

function hasEnded({ state }: Job): boolean {
  return state !== 'queued' && state !== 'running'
}
