import type { StoredTensor } from '../../checkpoint/safetensors.ts'
import type { ExternalData } from '../model-file.ts'
import type { PartLayout, ReducedFormat } from './reduced-format.ts'

/** A linear layer's weight that is to be written with fewer bits. */
export interface ReducedEntry {
  /** [outCount × inCount], with axes of 1 behind where it is stored as a convolution. */
  readonly tensor: StoredTensor
  readonly outCount: number
}

/** A part of a weight, and where it will lie. */
export interface PlacedPart extends PartLayout {
  readonly data: ExternalData
}

/**
 * The plan of a file of reduced weights: where each will lie. Graphs are built against the plan, the file is written when
 * the weights are read. Graphs of the same layers are given the same plan.
 */
export class ReducedWeights {
  readonly format: ReducedFormat
  readonly entries: ReducedEntry[] = []
  readonly #location: string
  #byteLength = 0

  /** @param location  what the graph calls the file. */
  constructor(format: ReducedFormat, location: string) {
    this.format = format
    this.#location = location
  }

  get byteLength(): number {
    return this.#byteLength
  }

  /** Where the parts will lie, one behind the other. */
  place(tensor: StoredTensor, outCount: number, inCount: number): readonly PlacedPart[] {
    this.entries.push({ tensor, outCount })
    return this.format.layOut(outCount, inCount).map((part) => {
      const data = { location: this.#location, offset: this.#byteLength, byteLength: part.byteLength }
      this.#byteLength += part.byteLength + padding(part.byteLength)
      return { ...part, data }
    })
  }
}

/** Bytes that bring a length to a multiple of 4, where float32 can follow. */
export function padding(byteLength: number): number {
  return -byteLength & 3
}
