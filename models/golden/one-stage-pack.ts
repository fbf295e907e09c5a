import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { packSchema, type Pack } from '../importing/pack.ts'

const MAX_TOKENS = 28
const CODES = 1024
/** Graphs that only have a name: whoever loads them brings sessions of their own. */
const CONTENTS = {
  'text-encoder.onnx': '', 'transformer.onnx': '', 'vq-encoder.onnx': '', 'vq-decoder.onnx': '',
  'vocab.json': JSON.stringify(['<pad>', '<unk>', '<start>', 'a', 'forest', 'beach']),
}

/** A pack's plainest shape, for planning and feeding: one stage, pictures of 128 px, 16 × 16 tokens of 8 px, words as tokens. */
export const ONE_STAGE_PACK: Pack = packSchema.parse({
  format: 1, id: 'one-stage', name: 'One stage', version: '1.0.0', description: 'One stage, described only.',
  family: 'muse', licence: 'Apache-2.0', attribution: '',
  stages: [
    {
      downsampleFactor: 8, codebookSize: CODES, maskToken: CODES, grids: { kind: 'fixed', rows: 16, columns: 16 },
      vqEncoder: 'vq-encoder.onnx', vqDecoder: 'vq-decoder.onnx', transformer: 'transformer.onnx',
    },
  ],
  textEncoder: {
    graph: 'text-encoder.onnx', maxTokens: MAX_TOKENS, width: 256,
    tokenizer: { kind: 'words', vocabulary: 'vocab.json', paddingId: 0, unknownId: 1, startId: 2 },
  },
  ranker: null,
  files: Object.entries(CONTENTS).map(([name, content]) => describeFile(name, content)),
  defaults: {
    width: 128, height: 128, steps: 12, guidanceScale: 3, guidanceRamp: 'constant', temperature: 0.9, choiceTemperature: 3,
  },
  takesReference: false,
})

function describeFile(name: string, content: string): Pack['files'][number] {
  return { path: name, bytes: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex') }
}

/** @param folder  made if need be. */
export async function writeOneStagePack(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(CONTENTS)) await writeFile(path.join(folder, name), content)
  await writeFile(path.join(folder, 'pack.json'), JSON.stringify(ONE_STAGE_PACK))
}
