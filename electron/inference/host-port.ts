import type { ImportEvent, ImportRequest, InferenceEvent, InferenceRequest } from '../api/inference.ts'

/** The way to the process that started this one. */
export interface HostPort {
  post(event: InferenceEvent | ImportEvent): void
  onRequest(listener: (request: InferenceRequest | ImportRequest) => void): void
  /** The host is gone, or has let go of this process. */
  onClose(listener: () => void): void
}

/** Electron's `process.parentPort` in a utility process, as far as it is used here. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: InferenceRequest | ImportRequest }) => void): void
  on(event: 'close', listener: () => void): void
}

/** The port of a utility process, or the channel of a forked Node process (with `serialization: 'advanced'`). */
export function connectToHost(): HostPort {
  const { parentPort } = process as unknown as { readonly parentPort?: ParentPort }
  return parentPort === undefined ? forkedPort() : utilityPort(parentPort)
}

function utilityPort(parentPort: ParentPort): HostPort {
  return {
    post: (event) => parentPort.postMessage(event),
    onRequest: (listener) => parentPort.on('message', ({ data }) => listener(data)),
    onClose: (listener) => parentPort.on('close', listener),
  }
}

function forkedPort(): HostPort {
  return {
    // A host that has just died leaves the channel closed; the close event then ends this process.
    post: (event) => process.connected && process.send?.(event),
    onRequest: (listener) => process.on('message', (message) => listener(message as InferenceRequest | ImportRequest)),
    onClose: (listener) => process.on('disconnect', listener),
  }
}
