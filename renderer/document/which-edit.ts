import type { EditKind } from '../../electron/api/edits.ts'
import { containsRect, type PixelRect, unionRects } from '../../electron/api/geometry.ts'
import type { EditId, Side } from '../../electron/api/strings/edits.ts'
import type { DocumentState } from './document.ts'
import { EDITS } from './edits/edits.ts'
import { findMaskBounds } from './mask-occupancy.ts'

/** Of a document, what decides which edits are offered. */
export interface EditCanvas {
  readonly origin: DocumentState['origin']
  readonly bounds: PixelRect | null
  /** Of what is painted; null where nothing is. */
  readonly maskBounds: PixelRect | null
  /** Where the frame is, and what of it Enter does first; null where it lies on the picture's edge. */
  readonly frame: { readonly does: 'extend' | 'crop'; readonly rect: PixelRect; readonly sides: readonly Side[] } | null
}

/** An edit the user switched to. It holds as long as the canvas asks for the same. */
export interface ChosenEdit {
  readonly id: EditId
  /** The edit that was proposed first: of which canvas the choice was made. */
  readonly insteadOf: EditId
}

export interface WhichEdit {
  /** What Enter starts. */
  readonly id: EditId
  /** What it would start if the user had not switched. */
  readonly proposed: EditId
  /** All that the canvas allows, the likeliest first. */
  readonly offers: readonly EditId[]
}

/** Reads the document once: finding the mask's bounds looks at all its tiles. */
export function readEditCanvas({ bounds, origin, frame, pixelMask }: DocumentState): EditCanvas {
  const maskBounds = bounds && (findMaskBounds(pixelMask.tiles) ?? null)
  if (bounds === null || frame === null) return { origin, bounds, maskBounds, frame: null }
  // A frame that reaches beyond on one side and stays inside on another extends first; it stays set, so that Enter then crops.
  const isBeyond = !containsRect(bounds, frame)
  const rect = isBeyond ? unionRects(frame, bounds) : frame
  return { origin, bounds, maskBounds, frame: { does: isBeyond ? 'extend' : 'crop', rect, sides: listSides(rect, bounds) } }
}

const ON_PICTURE: readonly EditId[] = ['retouch', 'restyle', 'vary', 'replace-background', 'upscale']
const UNDER_MASK: readonly EditId[] = ['repaint', 'remove', 'replace-background', 'retouch', 'restyle', 'vary']

/** The edits a canvas allows, the likeliest first: the frame decides before the mask, the mask before where the picture is from. */
export function listEdits({ origin, bounds, maskBounds, frame }: EditCanvas): EditId[] {
  if (bounds === null) return ['create']
  const framed: EditId[] = frame ? [frame.does] : []
  if (maskBounds) return [...framed, ...UNDER_MASK, 'create-in-new-document']
  if (origin === 'created') return [...framed, 'create-again', ...ON_PICTURE, 'create-in-new-document']
  return [...framed, ...ON_PICTURE, 'create-in-new-document']
}

/**
 * Which edit Enter starts: what follows from canvas and words, never from a mode, unless the user switched to another one.
 *
 * @param isPossible  whether the pack can do an edit: what it cannot is never proposed while there is another.
 */
export function whichEdit(
  canvas: EditCanvas,
  hasWords: boolean,
  chosen: ChosenEdit | null,
  isPossible: (kind: EditKind) => boolean,
): WhichEdit {
  const offers = listEdits(canvas)
  const possible = offers.filter((id) => canStart(id, isPossible))
  // Under a mask and without words there is nothing to put in: what is painted over shall go.
  const wordless = hasWords || canvas.frame ? undefined : possible.find((id) => EDITS[id].words === 'unread')
  const [likeliest] = offers as [EditId]
  const proposed = wordless ?? possible[0] ?? likeliest
  const isKept = chosen?.insteadOf === likeliest && possible.includes(chosen.id)
  return { id: isKept ? chosen.id : proposed, proposed, offers }
}

/** Whether an edit needs no model, or the pack can do it. */
export function canStart(id: EditId, isPossible: (kind: EditKind) => boolean): boolean {
  const { kind } = EDITS[id]
  return kind === null || isPossible(kind)
}

function listSides(grown: PixelRect, bounds: PixelRect): Side[] {
  const isGrown: Record<Side, boolean> = {
    left: grown.x < bounds.x,
    right: grown.x + grown.width > bounds.x + bounds.width,
    top: grown.y < bounds.y,
    bottom: grown.y + grown.height > bounds.y + bounds.height,
  }
  return (Object.keys(isGrown) as Side[]).filter((side) => isGrown[side])
}
