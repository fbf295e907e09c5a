import { mkdir, mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'vite'
import { assembleWat } from '../../../assemble-wat.ts'

const root = path.resolve(import.meta.dirname, '../../..')

/** Bundles the real inference process for tests. Below node_modules, so that it finds ONNX Runtime. @returns its path. */
export async function buildInference(): Promise<string> {
  const cache = path.join(root, 'node_modules/.cache/remask-tests')
  await mkdir(cache, { recursive: true })
  const outDir = await mkdtemp(path.join(cache, 'inference-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    plugins: [assembleWat()],
    build: {
      ssr: path.join(root, 'electron/inference/inference.ts'),
      target: 'node20',
      outDir,
      minify: false,
      rolldownOptions: { external: ['onnxruntime-node'], output: { format: 'es', entryFileNames: 'inference.mjs' } },
    },
    ssr: { noExternal: true },
  })
  return path.join(outDir, 'inference.mjs')
}

/** The packs that come with the program. */
export const BUNDLED_PACKS = path.join(root, 'models/packs')
