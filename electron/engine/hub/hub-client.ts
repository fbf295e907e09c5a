import { Agent, EnvHttpProxyAgent, fetch, ProxyAgent, type Dispatcher, type Response } from 'undici'
import { z } from 'zod'
import { EngineError } from '../../api/errors.ts'
import { HUB_ERRORS } from '../../api/strings/installs.ts'
import type { WantedFile } from '../installs/install-record.ts'
import { parseRetryAfter, TransientFailure } from './transient-failure.ts'

export interface HubOptions {
  /** The Hub's address or a mirror's. */
  readonly endpoint: string
  /** null = as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say. */
  readonly proxy: string | null
}

/** A repository at one commit. */
export interface HubListing {
  readonly commit: string
  readonly files: readonly WantedFile[]
}

/** What `GET /api/models/<id>/revision/<revision>?blobs=true` answers, as far as it is used (Hub API, ModelInfo). */
const modelInfoSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.number().int().min(0),
      /** The git blob id: of the file's own bytes, or for a large file of the pointer that stands for it. */
      blobId: z.string().regex(/^[0-9a-f]{40}$/),
      lfs: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.number().int().min(0) }).nullish(),
    }),
  ),
})

/** A server that says nothing for so long counts as gone. */
const SILENCE_MS = 30_000

/** Neither absolute nor upwards, nothing that a system reads as more than a name. */
const PLAIN_PATH = /^(?!\/)(?!.*(^|\/)\.{0,2}(\/|$))[^\\:*?"<>|\u0000-\u001f]+$/

/** Speaks to the Hub. Opens no connection but to answer its methods. Throws EngineError, and TransientFailure where trying again may help. */
export class HubClient {
  readonly #endpoint: string
  readonly #dispatcher: Dispatcher

  constructor({ endpoint, proxy }: HubOptions) {
    this.#endpoint = endpoint.replace(/\/+$/, '')
    const timeouts = { headersTimeout: SILENCE_MS, bodyTimeout: SILENCE_MS, connect: { timeout: SILENCE_MS } }
    this.#dispatcher = proxy === null ? new EnvHttpProxyAgent(timeouts) : new ProxyAgent({ uri: proxy, ...timeouts })
  }

  get #host(): string {
    return new URL(this.#endpoint).host
  }

  /** The files of a repository, with what their bytes must be. */
  async lookUp(repository: string, revision: string, signal: AbortSignal): Promise<HubListing> {
    const address = `${this.#endpoint}/api/models/${repository}/revision/${encodeURIComponent(revision)}?blobs=true`
    const response = await this.#request(address, {}, signal, { repository, revision })
    const parsed = modelInfoSchema.safeParse(await response.json().catch(() => undefined))
    if (!parsed.success) throw new EngineError('network-lost', HUB_ERRORS.notTheHub(this.#host), { cause: parsed.error })
    const { sha, siblings } = parsed.data
    const unsafe = siblings.find(({ rfilename }) => !PLAIN_PATH.test(rfilename))
    if (unsafe) throw new EngineError('model-unsafe', HUB_ERRORS.unsafeName(unsafe.rfilename))
    const files = siblings.map(({ rfilename, size, blobId, lfs }): WantedFile => ({
      path: rfilename,
      bytes: lfs?.size ?? size,
      checksum: lfs ? { kind: 'sha256', hex: lfs.sha256 } : { kind: 'git-blob', hex: blobId },
    }))
    return { commit: sha, files }
  }

  /**
   * The bytes of a file from `start` to before `end`. A server that does not know ranges sends all of it: what was not asked
   * for is dropped.
   */
  async *read(
    file: { readonly repository: string; readonly commit: string; readonly path: string; readonly bytes: number },
    start: number, end: number, signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    if (start === end) return
    const { repository, commit, path } = file
    const address = `${this.#endpoint}/${repository}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`
    const isPart = start > 0 || end < file.bytes
    const headers: Record<string, string> = isPart ? { range: `bytes=${start}-${end - 1}` } : {}
    const response = await this.#request(address, headers, signal, { repository, revision: commit })
    let position = response.status === 206 ? start : 0
    try {
      for await (const chunk of response.body ?? []) {
        const bytes = chunk as Uint8Array
        const [from, to] = [Math.max(start - position, 0), Math.min(end - position, bytes.length)]
        if (from < to) yield bytes.subarray(from, to)
        position += bytes.length
        if (position >= end) break
      }
    } catch (cause) {
      signal.throwIfAborted()
      throw this.#gone(cause)
    }
    if (position < end) throw this.#gone(new Error(`${path} ended at ${position} instead of ${end}`))
  }

  async dispose(): Promise<void> {
    await this.#dispatcher.destroy()
  }

  async #request(
    address: string, headers: Record<string, string>, signal: AbortSignal, asked: { repository: string; revision: string },
  ): Promise<Response> {
    const response = await fetch(address, {
      dispatcher: this.#dispatcher as Agent,
      // Ranges are of the file's own bytes, not of compressed ones.
      headers: { 'user-agent': 'remask', 'accept-encoding': 'identity', ...headers },
      signal,
    }).catch((cause: unknown) => {
      signal.throwIfAborted()
      throw this.#gone(cause)
    })
    if (response.ok) return response
    const error = this.#refusal(response, asked)
    await response.body?.cancel()
    throw error
  }

  #refusal({ status, headers }: Response, { repository, revision }: { repository: string; revision: string }): Error {
    const code = headers.get('x-error-code')
    if (code === 'GatedRepo' || status === 403) return new EngineError('repository-closed', HUB_ERRORS.closed(repository))
    if (code === 'RevisionNotFound') return new EngineError('repository-not-found', HUB_ERRORS.noRevision(repository, revision))
    // The Hub answers 401 for what is not there, so as not to tell what is private.
    if (status === 401 || status === 404) return new EngineError('repository-not-found', HUB_ERRORS.notFound(repository))
    const error = new EngineError('network-lost', HUB_ERRORS.refused(this.#host, status))
    const isBusy = status === 429 || status === 408 || status >= 500
    return isBusy ? new TransientFailure(error, parseRetryAfter(headers.get('retry-after'))) : error
  }

  #gone(cause: unknown): TransientFailure {
    return new TransientFailure(new EngineError('network-lost', HUB_ERRORS.unreachable(this.#host), { cause }), null)
  }
}
