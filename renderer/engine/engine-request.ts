import { WINDOW_HEADER } from '../../electron/api/documents.ts'
import { EngineError } from '../../electron/api/errors.ts'
import { CONNECTION_STRINGS } from '../../electron/api/strings/connection.ts'

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>

/** A `fetch` that names the window and turns every failure into an `EngineError`; an answer it gives is a good one. */
export function createEngineFetch(windowId: string, send: Fetch = (input, init) => fetch(input, init)) {
  return async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    headers.set(WINDOW_HEADER, windowId)
    const response = await send(String(input), { ...init, headers }).catch((thrown: unknown) => {
      throw new EngineError('engine-unreachable', CONNECTION_STRINGS.unreachable, { cause: thrown })
    })
    if (!response.ok) throw await EngineError.fromResponse(response)
    return response
  }
}
export type EngineFetch = ReturnType<typeof createEngineFetch>
