import type { z } from 'zod'
import type { ImageId } from '../../../electron/api/images.ts'
import type { HistoryLabel } from '../../../electron/api/strings/history.ts'
import type { DocumentState } from '../document.ts'
import type { MaskTiles } from '../mask-tiles.ts'

/** What a command may need besides the state: pixels that the log names and does not hold. */
export interface CommandContext {
  /** Tiles of a `mask8` image that was loaded before. */
  getMaskTiles(imageId: ImageId): MaskTiles
}

/** One kind of undoable change. `schema` says what of it is kept in the log. */
export interface CommandKind<Type extends string, Schema extends z.ZodType<{ type: Type }>> {
  readonly type: Type
  readonly schema: Schema
  label(command: z.infer<Schema>): HistoryLabel
  /** Images whose tiles `apply` asks the context for. */
  listNeededMasks?(command: z.infer<Schema>): readonly ImageId[]
  /** Pure: replaying a log gives the same document, byte for byte. Returns `state` itself where nothing changes. */
  apply(state: DocumentState, command: z.infer<Schema>, context: CommandContext): DocumentState
}

/** Helps the compiler to infer a kind's types. */
export function defineCommand<Type extends string, Schema extends z.ZodType<{ type: Type }>>(
  kind: CommandKind<Type, Schema>,
): CommandKind<Type, Schema> {
  return kind
}
