import { widenBrainFloats, widenHalfFloats } from '../checkpoint/half-floats.ts'
import { findInitializer, type ElementType, type ExternalData } from '../onnx/read-initializer.ts'
import { PackError } from './pack-error.ts'

/** The vectors of a VQ tokenizer's codes. */
export interface Codebook {
  readonly codeCount: number
  readonly width: number
  /** [codeCount × width] */
  readonly vectors: Float32Array
}

const WIDEN: Partial<Record<ElementType, (bytes: ArrayBuffer) => Float32Array>> = {
  float32: (bytes) => new Float32Array(bytes),
  float16: (bytes) => widenHalfFloats(new Uint16Array(bytes)),
  bfloat16: (bytes) => widenBrainFloats(new Uint16Array(bytes)),
}

/**
 * The codebook as the VQ decoder's graph holds it: the only constant with two dimensions whose first is the number of
 * codes and that tokens look things up in.
 *
 * @param graph  the bytes of the decoder's ONNX file.
 * @param readPart  reads a part of a file beside it, where the weights lie outside of the graph.
 * @throws {PackError} where there is none.
 */
export async function readCodebook(
  graph: Uint8Array,
  codeCount: number,
  readPart: (part: ExternalData) => Promise<Uint8Array>,
): Promise<Codebook> {
  const found = findInitializer(graph, ({ dims }) => dims.length === 2 && dims[0] === codeCount)
  const widen = found && WIDEN[found.type]
  if (!found || !widen) throw new PackError('graph-unreadable', null, 'no codebook in the decoder')
  const bytes = 'bytes' in found ? found.bytes : await readPart(found.external)
  return { codeCount, width: found.dims[1]!, vectors: widen(new Uint8Array(bytes).buffer) }
}
