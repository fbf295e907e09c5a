import { type MaskTiles, TILE_BYTES } from './mask-tiles.ts'
import type { PixelMask } from './pixel-mask.ts'

/** What drawn masks of the history may hold besides the shown one: two full masks of a 100-megapixel picture. */
const BUDGET_BYTES = 256 * 1024 * 1024
/** Distinct tiles are counted anew only after this much has been drawn, because counting looks at every drawn mask. */
const RECOUNT_BYTES = BUDGET_BYTES / 4
/** Every so many masks one is given up last, so that going far back redraws few strokes. */
const CHECKPOINT_INTERVAL = 16

/** Keeps the memory of drawn masks within a budget by forgetting those farthest from where the user is. */
export class MaskMemory {
  #drawnBytes = 0

  /** To be called when the shown mask changes, with the one before. */
  noteDrawn(before: MaskTiles, after: MaskTiles): void {
    for (const [key, bytes] of after) if (before.get(key) !== bytes) this.#drawnBytes += TILE_BYTES
  }

  /** @param masks  of the whole history, nearest to the shown one first; that one is kept. */
  trim(masks: () => readonly PixelMask[], budgetBytes = BUDGET_BYTES, recountBytes = RECOUNT_BYTES): void {
    if (this.#drawnBytes < recountBytes) return
    this.#drawnBytes = 0
    const drawn = masks().filter((mask) => mask.isDrawn)
    const [shown, ...others] = drawn
    const isCheckpoint = (index: number) => index % CHECKPOINT_INTERVAL === 0
    const byWorth = [...others.filter((_, i) => isCheckpoint(i)), ...others.filter((_, i) => !isCheckpoint(i))]
    const held = new Set(shown?.tiles.values())
    for (const mask of byWorth) {
      const added = [...mask.tiles.values()].filter((bytes) => !held.has(bytes))
      if ((held.size + added.length) * TILE_BYTES > budgetBytes) mask.forget()
      else for (const bytes of added) held.add(bytes)
    }
  }
}
