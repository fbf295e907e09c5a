import path from 'node:path'
import { CheckpointError } from '../checkpoint/checkpoint-error.ts'
import type { Checkpoint } from '../checkpoint/open-checkpoint.ts'
import { FAMILIES } from '../families/families.ts'
import type { Family } from '../families/family.ts'
import type { CheckpointImporter, ImportPlan } from './checkpoint-importer.ts'
import { listPrecisions, type PackGraphs } from './precisions.ts'

/**
 * Finds a checkpoint's family and plans its import in the number formats that suit the machine: beside the full one 8 bits,
 * which are quick on a processor, or 4 where 8 do not fit. Reads no weights, writes nothing.
 *
 * @param budgetBytes  memory that models may take.
 * @throws {CheckpointError} with the reason why it cannot be imported.
 */
export async function planImport(checkpoint: Checkpoint, budgetBytes: number): Promise<{ family: Family; plan: ImportPlan }> {
  const { family, importer } = findImporter(checkpoint)
  const quick = await importer.plan(checkpoint, ['int8'])
  const fits = listPrecisions(graphsOf(quick)).some(({ precision, memoryBytes }) => precision === 'int8' && memoryBytes <= budgetBytes)
  return { family, plan: fits ? quick : await importer.plan(checkpoint, ['int4']) }
}

/** What tells the memory of a pack that is not written yet. */
export function graphsOf({ description, writes }: ImportPlan): PackGraphs {
  return { ...description, files: writes.map(({ path: name, data }) => ({ path: name, bytes: Buffer.byteLength(data) })) }
}

/** @throws {CheckpointError} 'family-unknown', saying what the checkpoint looks like; 'file-missing' where its weights are. */
export function findImporter(checkpoint: Checkpoint): { family: Family; importer: CheckpointImporter } {
  for (const family of FAMILIES) {
    if (family.importer?.recognises(checkpoint)) return { family, importer: family.importer }
  }
  const empty = [...checkpoint.parts.values()].find(({ tensors }) => tensors.size === 0)
  if (empty !== undefined) throw new CheckpointError('file-missing', path.posix.join(empty.name, '*.safetensors'), 'a config without weights')
  const looks = [...checkpoint.parts.values()].map(({ name, config, tensors }) => {
    const kind = config['_class_name'] ?? (Array.isArray(config['architectures']) ? config['architectures'][0] : config['model_type'])
    return `${name === '' ? 'model' : name}: ${typeof kind === 'string' ? kind : 'of unknown class'}, ${tensors.size} tensors`
  })
  throw new CheckpointError('family-unknown', path.basename(checkpoint.folder), looks.join('; '))
}
