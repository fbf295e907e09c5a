import { stat } from 'node:fs/promises'
import path from 'node:path'
import { openCheckpoint, readTextFile } from '../checkpoint/open-checkpoint.ts'
import { nameOf } from './import-checkpoint.ts'
import type { Pack } from './pack.ts'
import { graphsOf, planImport } from './plan-import.ts'
import { readCardFacts, withoutFrontMatter } from './model-card.ts'
import { listPrecisions, type PackPrecision } from './precisions.ts'

/** What can be known of published weights without reading them. */
export interface CheckpointFacts {
  /** How a pack of it would be called. */
  readonly name: string
  /** As its makers write it. */
  readonly family: string
  readonly description: string
  readonly licence: string | null
  readonly card: string | null
  readonly defaultSize: { readonly width: number; readonly height: number }
  /** What tells which edits can be done with it. */
  readonly abilities: Pick<Pack, 'stages' | 'takesReference'>
  readonly precisions: readonly PackPrecision[]
  /** Files of weights, in the checkpoint's folder or where its links lead: absolute real paths. */
  readonly weights: readonly { readonly path: string; readonly bytes: number }[]
  /** What an import writes beside the weights. */
  readonly writtenBytes: number
  readonly needsGraphicsCard: boolean
}

/**
 * Recognises a checkpoint and plans its import. Reads no weights, writes nothing: everything that an import would refuse by
 * configs, names and sizes is refused here.
 *
 * @param budgetBytes  memory that models may take.
 * @throws {CheckpointError}
 */
export async function inspectCheckpoint(folder: string, budgetBytes: number): Promise<CheckpointFacts> {
  const checkpoint = await openCheckpoint(folder)
  const { family, plan } = await planImport(checkpoint, budgetBytes)
  const { description, weights, reduced, needsGraphicsCard } = plan
  const graphs = graphsOf(plan)
  const card = await readTextFile(folder, 'README.md')
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  return {
    name: nameOf(path.resolve(folder)),
    family: family.name,
    description: description.description,
    licence: card === null ? null : readCardFacts(card).licence,
    card: card === null ? null : withoutFrontMatter(card),
    defaultSize: { width: description.defaults.width, height: description.defaults.height },
    abilities: { stages: description.stages, takesReference: description.takesReference },
    precisions: listPrecisions(graphs),
    weights: await Promise.all(weights.map(async ({ source }) => ({ path: source, bytes: (await stat(source)).size }))),
    writtenBytes: sum(graphs.files.map(({ bytes }) => bytes)) + sum(reduced.map(({ weights }) => weights.byteLength)),
    needsGraphicsCard,
  }
}
