import type { CheckpointImporter } from '../importing/checkpoint-importer.ts'
import type { Pack } from '../importing/pack.ts'
import type { MaskedTransformer } from '../runtime/masked-transformer.ts'
import type { SessionLoader } from '../runtime/session.ts'
import type { PictureRanker } from '../runtime/picture-ranker.ts'
import type { PromptReader, TextEncoder } from '../runtime/text-encoder.ts'
import type { VqTokenizer } from '../runtime/vq-tokenizer.ts'

/** One level of a cascade, ready to run. */
export interface Stage {
  readonly tokenizer: VqTokenizer
  readonly transformer: MaskedTransformer
}

/** A pack's graphs as the pass runner uses them. Sessions belong to the loader that made them. */
export interface LoadedPack {
  readonly pack: Pack
  readonly textEncoder: TextEncoder
  readonly stages: readonly Stage[]
  /** Absent where the pack has none. */
  readonly ranker?: PictureRanker
}

/** Packs that share an architecture: how their graphs are opened and fed. All that is particular to a family is in its folder. */
export interface Family {
  readonly id: string
  /** As its makers write it. */
  readonly name: string
  /** Absent where there are no published weights to import. */
  readonly importer?: CheckpointImporter
  /** Loads every graph the first picture needs. `onProgress` gets 0–1. */
  load(pack: Pack, folder: string, sessions: SessionLoader, onProgress: (share: number) => void): Promise<LoadedPack>
  readPrompts(pack: Pack, folder: string): Promise<PromptReader>
}
