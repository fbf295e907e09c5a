import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openCheckpoint } from '../../../models/checkpoint/open-checkpoint.ts'
import { publishedAmused, writeMadeUpCheckpoint, type MadeUpConfigs } from '../../../models/golden/made-up-checkpoint.ts'
import { findImporter } from '../../../models/importing/plan-import.ts'
import { packSchema } from '../../../models/importing/pack.ts'

export const WIDE_PACK_ID = 'bench-wide'

/**
 * aMUSEd for 256 pixels as published, width 1024 and 8192 codes, but 4 of its 22 layers and 1 of 3 convolution blocks: what
 * is not ONNX Runtime weighs more than in the whole model. Its text encoder and VQ tokenizer, which no step runs, are small.
 */
export function describeWide(): MadeUpConfigs {
  const { transformer, text_encoder: text, vqvae } = publishedAmused(false)
  return {
    transformer: { ...transformer, num_hidden_layers: 4, num_res_blocks: 1 },
    text_encoder: { ...text, num_hidden_layers: 2, vocab_size: 300 },
    vqvae: { ...vqvae, block_out_channels: [32, 32, 32, 32, 32], layers_per_block: 1 },
  }
}

/**
 * Makes a pack with drawn weights in `packsFolder`, without the import's self-check, which runs ONNX Runtime: it belongs
 * to the inference process.
 */
export async function writeWidePack(packsFolder: string, configs: MadeUpConfigs = describeWide()): Promise<void> {
  const checkpointFolder = path.join(packsFolder, '..', 'checkpoint')
  const folder = path.join(packsFolder, WIDE_PACK_ID)
  await writeMadeUpCheckpoint(checkpointFolder, configs)
  const checkpoint = await openCheckpoint(checkpointFolder)
  const plan = await findImporter(checkpoint).importer.plan(checkpoint, [])
  for (const file of [...plan.writes, ...plan.weights]) {
    const target = path.join(folder, file.path)
    await mkdir(path.dirname(target), { recursive: true })
    await ('data' in file ? writeFile(target, file.data) : rename(file.source, target))
  }
  const names = [...plan.writes, ...plan.weights].map((file) => file.path)
  const pack = packSchema.parse({
    ...plan.description,
    format: 1,
    id: WIDE_PACK_ID,
    name: 'Random weights of width 1024',
    version: '1',
    licence: 'none',
    attribution: '',
    files: await Promise.all(names.map((name) => describeFile(folder, name))),
  })
  await writeFile(path.join(folder, 'pack.json'), JSON.stringify(pack))
}

async function describeFile(folder: string, name: string) {
  const file = path.join(folder, name)
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash)
  return { path: name, bytes: (await stat(file)).size, sha256: hash.digest('hex') }
}
