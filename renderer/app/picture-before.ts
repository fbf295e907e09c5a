import type { ShownImage } from '../canvas/canvas-props.ts'
import { pictureOf } from '../document/document.ts'
import type { DocumentStore } from '../document/document-store.ts'

/** The picture before its last change on the way to an entry, or null where there was none. */
export function findPictureBefore(
  store: Pick<DocumentStore, 'listHistory' | 'stateAt'>,
  headId: string | null,
): ShownImage | null {
  const parents = new Map(store.listHistory().map(({ id, parent }) => [id, parent]))
  const now = store.stateAt(headId)
  for (let id = headId; id !== null; id = parents.get(id) ?? null) {
    const before = store.stateAt(parents.get(id) ?? null)
    const imageId = pictureOf(before)
    if (imageId !== null && before.bounds !== null && imageId !== pictureOf(now)) {
      return { imageId, bounds: before.bounds, scale: before.enlargement / now.enlargement }
    }
  }
  return null
}
