import { z } from 'zod'

/**
 * Every failure the engine may report, with the HTTP status a client sees and
 * what the user can do about it. Adding a code here is a change of the API.
 */
const ERROR_CODES = {
  'invalid-request': { status: 400, remedy: 'fix-request' },
  'not-found': { status: 404, remedy: 'fix-request' },
  'document-open-elsewhere': { status: 423, remedy: 'use-other-window' },
  'data-folder-in-use': { status: 423, remedy: 'close-other-program' },
  'file-unreadable': { status: 422, remedy: 'choose-other-file' },
  'file-unwritable': { status: 422, remedy: 'choose-other-place' },
  'image-too-large': { status: 422, remedy: 'use-smaller-image' },
  'image-empty': { status: 422, remedy: 'choose-other-file' },
  'mask-size-differs': { status: 422, remedy: 'choose-other-file' },
  'mask-empty': { status: 422, remedy: 'paint-mask' },
  'pack-not-installed': { status: 404, remedy: 'choose-other-pack' },
  'pack-corrupt': { status: 422, remedy: 'install-pack-again' },
  'pack-cannot-edit': { status: 422, remedy: 'choose-other-pack' },
  'pack-in-use': { status: 409, remedy: 'retry' },
  'pack-not-removable': { status: 409, remedy: 'choose-other-pack' },
  /** A model that cannot be imported: another architecture, or odd settings. */
  'model-unsupported': { status: 422, remedy: 'choose-other-file' },
  /** A model whose files are missing, cut off or changed. */
  'model-damaged': { status: 422, remedy: 'choose-other-file' },
  /** A model whose files could run a program or reach beyond its folder. */
  'model-unsafe': { status: 422, remedy: 'choose-other-file' },
  'licence-not-accepted': { status: 422, remedy: 'accept-licence' },
  'machine-too-small': { status: 422, remedy: 'choose-other-pack' },
  'repository-not-found': { status: 404, remedy: 'fix-request' },
  /** The Hub gives these files only to those who log in. */
  'repository-closed': { status: 403, remedy: 'fetch-by-hand' },
  'network-lost': { status: 503, remedy: 'retry' },
  /** What was downloaded is not what the Hub says, also the second time. */
  'download-damaged': { status: 502, remedy: 'retry' },
  'disk-full': { status: 507, remedy: 'free-disk-space' },
  'disk-read-only': { status: 507, remedy: 'choose-other-place' },
  /** It answers with a fault, or not at all. */
  'disk-lost': { status: 507, remedy: 'retry' },
  'out-of-memory': { status: 507, remedy: 'use-smaller-image' },
  'port-in-use': { status: 409, remedy: 'choose-other-port' },
  'inference-stopped': { status: 503, remedy: 'retry' },
  /** Made by clients only: no answer came. */
  'engine-unreachable': { status: 503, remedy: 'retry' },
  'internal': { status: 500, remedy: 'report-bug' },
} as const

export type EngineErrorCode = keyof typeof ERROR_CODES
export type Remedy = (typeof ERROR_CODES)[EngineErrorCode]['remedy']

/** An error as it crosses a wire or is kept in a job record. */
export const engineErrorSchema = z.object({
  code: z.enum(Object.keys(ERROR_CODES) as [EngineErrorCode, ...EngineErrorCode[]]),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
})
export type EngineErrorWire = z.infer<typeof engineErrorSchema>

/**
 * A failure that is somebody's to act on: the user's, the caller's or the disk's.
 *
 * Anything else that is thrown is a bug; `EngineError.from` turns it into
 * `internal` at the process boundary and nowhere else. Cancellation is not an error.
 * `message` is one sentence that says what happened and what to do, fit for a user.
 */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: EngineErrorCode
  readonly details: Record<string, unknown> | undefined

  constructor(
    code: EngineErrorCode,
    message: string,
    options: { details?: Record<string, unknown> | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.code = code
    this.details = options.details
  }

  get status(): number {
    return ERROR_CODES[this.code].status
  }

  get remedy(): Remedy {
    return ERROR_CODES[this.code].remedy
  }

  /** Wraps whatever was thrown. The original is kept as `cause` for the log; it does not cross the wire. */
  static from(thrown: unknown): EngineError {
    if (thrown instanceof EngineError) return thrown
    return new EngineError('internal', 'Remask failed unexpectedly. Please report this with the log file.', {
      cause: thrown,
    })
  }

  toWire(): EngineErrorWire {
    const { code, message, details } = this
    return details === undefined ? { code, message } : { code, message, details }
  }

  static fromWire({ code, message, details }: EngineErrorWire): EngineError {
    return new EngineError(code, message, { details })
  }

  toResponse(): Response {
    return Response.json(this.toWire(), { status: this.status })
  }

  static async fromResponse(response: Response): Promise<EngineError> {
    const parsed = engineErrorSchema.safeParse(await response.json().catch(() => undefined))
    if (!parsed.success) return new EngineError('internal', `The engine answered ${response.status}.`)
    return EngineError.fromWire(parsed.data)
  }
}
