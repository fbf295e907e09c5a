import { containsRect, type PixelRect, unionRects } from '../../electron/api/geometry.ts'
import type { DocumentState } from './document.ts'
import { findMaskBounds } from './mask-occupancy.ts'

/** Why Enter starts what it starts: a key of the words beside the prompt box. */
export type WhichEditReason =
  | 'document-empty'
  | 'picture-created'
  | 'picture-opened'
  | 'mask-painted'
  | 'frame-beyond'
  | 'frame-beyond-and-mask'
  | 'frame-beyond-and-inside'
  | 'frame-inside'
  | 'frame-inside-and-mask'

/** What Enter starts. */
export type WhichEdit =
  | { readonly kind: 'create'; readonly reason: WhichEditReason }
  | { readonly kind: 'create-again'; readonly reason: WhichEditReason }
  | { readonly kind: 'create-in-new-document'; readonly reason: WhichEditReason }
  | { readonly kind: 'repaint'; readonly reason: WhichEditReason; readonly maskBounds: PixelRect }
  | {
      readonly kind: 'extend'
      readonly reason: WhichEditReason
      /** Contains the picture, as the edit asks. */
      readonly frame: PixelRect
      /** Of what is to be repainted besides. */
      readonly maskBounds: PixelRect | null
    }
  | { readonly kind: 'crop'; readonly reason: WhichEditReason; readonly frame: PixelRect }

/**
 * Which edit follows from the canvas. Mask and frame decide, never a mode: a frame beyond the picture extends (and repaints
 * the mask in the same edit), one inside crops, a mask alone repaints. A frame that reaches beyond on one side and stays
 * inside on another extends first; it stays set, so that the next Enter crops.
 */
export function whichEdit({ bounds, origin, frame, pixelMask }: DocumentState): WhichEdit {
  if (bounds === null) return { kind: 'create', reason: 'document-empty' }
  const maskBounds = findMaskBounds(pixelMask.tiles) ?? null
  if (frame !== null && !containsRect(bounds, frame)) {
    const isInsideToo = !containsRect(frame, bounds)
    const reason = isInsideToo ? 'frame-beyond-and-inside' : maskBounds ? 'frame-beyond-and-mask' : 'frame-beyond'
    return { kind: 'extend', reason, frame: unionRects(frame, bounds), maskBounds }
  }
  if (frame !== null) return { kind: 'crop', reason: maskBounds ? 'frame-inside-and-mask' : 'frame-inside', frame }
  if (maskBounds !== null) return { kind: 'repaint', reason: 'mask-painted', maskBounds }
  return origin === 'created'
    ? { kind: 'create-again', reason: 'picture-created' }
    : { kind: 'create-in-new-document', reason: 'picture-opened' }
}
