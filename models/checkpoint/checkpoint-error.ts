/** What can be wrong with published weights. Closed: whoever maps it to words must name them all. */
export type CheckpointProblem =
  /** No such folder, or nothing in it that looks like a model. */
  | 'folder-empty'
  | 'file-missing'
  | 'file-unreadable'
  /** The file ends before the data its header names. */
  | 'file-truncated'
  | 'header-invalid'
  /** Only pickled weights (.bin, .pth …) are there. Reading a pickle can run any program, so it is never done. */
  | 'pickle-refused'
  /** A name in an index that is not a plain file name. */
  | 'name-unsafe'
  | 'config-invalid'
  /** Config and tensors disagree, or the config asks for what Remask does not have. */
  | 'config-unsupported'
  | 'tensor-missing'
  | 'tensor-shape-differs'
  | 'tensor-type-unsupported'
  /** Tensors no part of the architecture asks for: it is another architecture. */
  | 'tensor-unexpected'
  | 'family-unknown'
  | 'tokenizer-invalid'
  /** A style file (adapter) with tensors that are no low-rank branches. */
  | 'adapter-keys-unknown'
  /** The halves of a branch do not fit each other, or the layer they are for. */
  | 'adapter-shape-differs'
  /** Branches for layers that the model does not have. */
  | 'adapter-wrong-model'
  /** Another method than LoRA. */
  | 'adapter-unsupported'
  | 'adapter-name-taken'
  /** A pack that does not keep what more graphs could be built from. */
  | 'pack-not-extensible'

/** A checkpoint that cannot be imported as it is. The engine turns it into an EngineError. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError'
  readonly problem: CheckpointProblem
  /** The file or tensor it is about. */
  readonly subject: string
  /** What was expected and what was found, in a few words. Technical, but fit to be shown below the sentence for `problem`. */
  readonly detail: string

  constructor(problem: CheckpointProblem, subject: string, detail: string, options: { cause?: unknown } = {}) {
    super(`${problem} (${subject}): ${detail}`, options)
    this.problem = problem
    this.subject = subject
    this.detail = detail
  }
}
