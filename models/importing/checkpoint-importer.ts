import type { Checkpoint } from '../checkpoint/open-checkpoint.ts'
import type { ReducedPrecision } from '../onnx/reduced/reduced-formats.ts'
import type { ReducedWeights } from '../onnx/reduced/reduced-weights.ts'
import type { VqTokenizer } from '../runtime/vq-tokenizer.ts'
import type { AddedAdapter } from './pack-draft.ts'
import type { Pack } from './pack.ts'

/** How a family's published weights become a pack. */
export interface CheckpointImporter {
  /** Whether a checkpoint is of this family. By what its tensors are called: configs lie, and sizes differ. */
  recognises(checkpoint: Checkpoint): boolean
  /**
   * Reads configs and builds all graphs. Reads no weights, writes nothing.
   *
   * @param precisions  beside the full one.
   * @throws {CheckpointError} with the reason why this checkpoint cannot be imported.
   */
  plan(checkpoint: Checkpoint, precisions: readonly ReducedPrecision[]): Promise<ImportPlan>
  /**
   * Builds more graphs of a checkpoint that was imported. Reads no weights, writes nothing.
   *
   * @throws {CheckpointError} where an adapter does not fit.
   */
  planExtension(checkpoint: Checkpoint, wanted: WantedExtension): ExtensionPlan
}

/** What is to be planned for a checkpoint: files, and weights that will be written with fewer bits. */
interface PlannedFiles {
  /** Graphs and other small files, to be written. */
  readonly writes: readonly { readonly path: string; readonly data: Uint8Array | string }[]
  /** Files of weights with fewer bits, to be written from the checkpoint's. */
  readonly reduced: readonly { readonly path: string; readonly weights: ReducedWeights }[]
}

/** A pack in the making. Paths are relative to the pack's folder and plain. */
export interface ImportPlan extends PlannedFiles {
  /** What the import itself does not add: id, name, licence, what is added later, and the list of files. */
  readonly description: Omit<Pack, 'format' | 'id' | 'name' | 'version' | 'licence' | 'attribution' | 'files' | 'adapters'>
  /** The checkpoint's own files the graphs point into, by their absolute real path. They are shared where the disk can. */
  readonly weights: readonly { readonly path: string; readonly source: string }[]
  /** Where a processor takes minutes for what a graphics card does in seconds. */
  readonly needsGraphicsCard: boolean
  /** The colours of the last stage's codes, found by looking at some pictures: what `codebookColors` of a stage holds. */
  findCodebookColors(tokenizer: VqTokenizer): Promise<Float32Array>
}

/** What a pack shall have besides. */
export interface WantedExtension {
  /** To be written now. */
  readonly precisions: readonly ReducedPrecision[]
  /** Written before: adapters get graphs in these too. */
  readonly presentPrecisions: readonly ReducedPrecision[]
  /** To be given graphs in all these precisions; in those written before, only the new ones. */
  readonly adapters: readonly (AddedAdapter & { readonly isNew: boolean })[]
}

/** More graphs for a pack. Paths are relative to the pack's folder and plain. */
export interface ExtensionPlan extends PlannedFiles {
  readonly externalWeightBytes: Readonly<Record<string, number>>
  /** The step's graph in each new precision. */
  readonly variants: Partial<Record<ReducedPrecision, string>>
  /** By adapter: for each graph it changes the new one. */
  readonly adapterGraphs: ReadonlyMap<string, Readonly<Record<string, string>>>
}
