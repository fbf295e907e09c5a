/** What can be wrong with a pack's folder. Closed: whoever maps it to words or codes must name them all. */
export type PackProblem =
  /** There is no such folder, or no pack.json in it. */
  | 'missing'
  /** pack.json is not JSON, or not what this version of Remask understands. */
  | 'description-invalid'
  | 'family-unknown'
  | 'tokenizer-unknown'
  | 'file-missing'
  /** A file, or a folder on the way to it, is a symbolic link or not a plain file. */
  | 'file-not-plain'
  | 'file-size-differs'
  | 'file-hash-differs'
  /** A graph that ONNX Runtime cannot load, or with other inputs and outputs than its family feeds. */
  | 'graph-unreadable'
  /** A tokenizer file that cannot be read. */
  | 'tokenizer-unreadable'
  /** A style that was added and is not there any more. */
  | 'adapter-missing'

/** A pack that cannot be used as it is. The engine and the inference process turn it into an EngineError. */
export class PackError extends Error {
  override readonly name = 'PackError'
  readonly problem: PackProblem
  /** The file in the pack that it is about, as pack.json names it. */
  readonly file: string | null

  /** @param detail  for the log; never shown to a user. */
  constructor(problem: PackProblem, file: string | null, detail: string, options: { cause?: unknown } = {}) {
    super(`${problem}${file === null ? '' : ` (${file})`}: ${detail}`, options)
    this.problem = problem
    this.file = file
  }
}
