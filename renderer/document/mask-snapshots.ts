import type { MaskSnapshot } from '../../electron/api/documents.ts'
import type { PixelRect } from '../../electron/api/geometry.ts'
import type { ImageId } from '../../electron/api/images.ts'
import type { DocumentHistory } from './history.ts'
import { type MaskTiles, normalizeTiles } from './mask-tiles.ts'
import type { PixelMask } from './pixel-mask.ts'

/**
 * Mask edits between two stored masks. A stroke of 60 moves is replayed in 2 ms (60 px wide) to 9 ms (200 px) of one core:
 * opening waits at most half a second for the mask.
 */
const INTERVAL = 48
/** Further ones fetched after opening, so that undoing far back does not wait either. */
const MAX_EARLIER_COUNT = 8

export type StoreMask = (tiles: MaskTiles, bounds: PixelRect) => Promise<ImageId>

/** Stores the drawn mask now and then; the next entry of the log names it. */
export class MaskSnapshots {
  readonly #storeMask: StoreMask
  readonly #stored = new WeakSet<PixelMask>()
  #ready: MaskSnapshot | undefined
  #isStoring = false

  constructor(storeMask: StoreMask) {
    this.#storeMask = storeMask
  }

  /** `mask` is stored already. */
  note(mask: PixelMask): void {
    this.#stored.add(mask)
  }

  /** What the next entry shall name. */
  get ready(): MaskSnapshot | undefined {
    return this.#ready
  }

  /** An entry names what was ready. */
  markNamed(): void {
    this.#ready = undefined
  }

  /** To be called when an entry is shown: stores its mask where the last stored one is far back. */
  async consider(entry: string, mask: PixelMask, bounds: PixelRect): Promise<void> {
    if (this.#isStoring || !this.#isFar(mask)) return
    this.#isStoring = true
    try {
      const imageId = await this.#storeMask(mask.tiles, bounds)
      this.note(mask)
      this.#ready = { entry, imageId }
    } catch {
      // Only speed is lost; the next stroke tries again.
    } finally {
      this.#isStoring = false
    }
  }

  #isFar(mask: PixelMask): boolean {
    let editCount = 0
    for (const earlier of mask.lineage()) {
      if (this.#stored.has(earlier)) return false
      if (earlier.isLong || ++editCount > INTERVAL) return true
    }
    return false
  }
}

/**
 * Gives the shown mask a stored one to start from. Resolves when the nearest is there; earlier ones follow in the
 * background. One that cannot be loaded is left out: the strokes are in the log.
 */
export async function adoptSnapshots(
  history: DocumentHistory,
  snapshots: readonly MaskSnapshot[],
  loadMaskTiles: (imageId: ImageId) => Promise<MaskTiles>,
  onAdopt: (mask: PixelMask, tiles: MaskTiles) => void,
): Promise<void> {
  const lineage = [...history.state.pixelMask.lineage()]
  const placeOf = new Map(lineage.map((mask, i) => [mask, i]))
  const usable = snapshots
    .filter(({ entry }) => history.has(entry))
    .map(({ entry, imageId }) => ({ mask: history.stateAt(entry).pixelMask, imageId }))
    .filter(({ mask }) => placeOf.has(mask))
    .sort((a, b) => (placeOf.get(a.mask) ?? 0) - (placeOf.get(b.mask) ?? 0))
  const adopt = async ({ mask, imageId }: (typeof usable)[number]) => {
    const tiles = await loadMaskTiles(imageId).then(normalizeTiles, () => undefined)
    if (tiles === undefined) return
    if (!mask.isDrawn) mask.adopt(tiles)
    onAdopt(mask, tiles)
  }
  const [nearest, ...earlier] = usable
  if (nearest === undefined) return
  await adopt(nearest)
  const adoptEarlier = async () => {
    for (const snapshot of earlier.slice(0, MAX_EARLIER_COUNT)) await adopt(snapshot)
  }
  void adoptEarlier()
}
