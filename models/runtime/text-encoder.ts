import type { Tensor } from '../tensor/tensor.ts'

/** What the transformer is told: named tensors with a batch axis of 1, meaningful to the family that made them. */
export interface Conditioning {
  readonly tensors: Readonly<Record<string, Tensor>>
}

export interface TextEncoder {
  /** The empty string gives the unconditional branch. Longer prompts are cut (see PromptReader). */
  encode(prompt: string): Promise<Conditioning>
}

/** How a text tokenizer reads a prompt. Needs no graph, so the engine asks it while the user types. */
export interface PromptReader {
  /** Offsets are UTF-16 indices into `prompt`. */
  read(prompt: string): PromptReading
}

export interface PromptReading {
  /** Where the text encoder stops reading, or null when all of it fits. */
  readonly cutAt: number | null
  readonly unknownWords: readonly {
    readonly start: number
    readonly end: number
    readonly word: string
    /** Known words, best first, at most 3. */
    readonly nearest: readonly string[]
  }[]
  /** Whether most of its words mean what the model was never shown: it will draw what it knows that is nearest. */
  readonly isFar: boolean
}
