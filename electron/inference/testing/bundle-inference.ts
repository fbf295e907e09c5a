import { fork, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'vite'
import { assembleWat } from '../../../assemble-wat.ts'
import type { InferenceEvent, InferenceRequest } from '../../api/inference.ts'

const root = path.resolve(import.meta.dirname, '../../..')

/** The inference process bundled as for the product, in a folder from which Node finds the project's packages. */
export async function bundleInference() {
  const cache = path.join(root, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(path.join(cache, 'inference-'))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [assembleWat()],
    build: { ssr: path.join(root, 'electron/inference/inference.ts'), outDir: folder, emptyOutDir: false },
  })
  return {
    start: () => fork(path.join(folder, 'inference.js'), { serialization: 'advanced', execArgv: [] }),
    remove: () => rm(folder, { recursive: true }),
  }
}

export const post = (child: ChildProcess, request: InferenceRequest) => child.send(request)

/** The next event of one of these types. */
export function nextOf<T extends InferenceEvent['type']>(child: ChildProcess, ...types: readonly T[]): Promise<Extract<InferenceEvent, { type: T }>> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      const event = message as InferenceEvent
      if ((types as readonly string[]).includes(event.type)) resolve(event as Extract<InferenceEvent, { type: T }>)
    })
  })
}
