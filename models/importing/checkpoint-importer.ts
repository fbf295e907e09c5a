import type { Checkpoint } from '../checkpoint/open-checkpoint.ts'
import type { Int8Weights } from '../onnx/int8-weights.ts'
import type { VqTokenizer } from '../runtime/vq-tokenizer.ts'
import type { Pack } from './pack.ts'

/** How a family's published weights become a pack. */
export interface CheckpointImporter {
  /** Whether a checkpoint is of this family. By what its tensors are called: configs lie, and sizes differ. */
  recognises(checkpoint: Checkpoint): boolean
  /**
   * Reads configs and builds all graphs. Reads no weights, writes nothing.
   *
   * @throws {CheckpointError} with the reason why this checkpoint cannot be imported.
   */
  plan(checkpoint: Checkpoint): Promise<ImportPlan>
}

/** A pack in the making. Paths are relative to the pack's folder and plain. */
export interface ImportPlan {
  /** What the import itself does not add: id, name, licence and list of files. */
  readonly description: Omit<Pack, 'format' | 'id' | 'name' | 'version' | 'licence' | 'attribution' | 'files'>
  /** Graphs and other small files, to be written. */
  readonly writes: readonly { readonly path: string; readonly data: Uint8Array | string }[]
  /** The checkpoint's own files the graphs point into, by their absolute real path. They are shared where the disk can. */
  readonly weights: readonly { readonly path: string; readonly source: string }[]
  /** Files of weights in 8 bits, to be written from the checkpoint's. */
  readonly quantized: readonly { readonly path: string; readonly weights: Int8Weights }[]
  /** Where a processor takes minutes for what a graphics card does in seconds. */
  readonly needsGraphicsCard: boolean
  /** The colours of the last stage's codes, found by looking at some pictures: what `codebookColors` of a stage holds. */
  findCodebookColors(tokenizer: VqTokenizer): Promise<Float32Array>
}
