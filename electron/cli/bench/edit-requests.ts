import type { EditKind, EditRequestInput } from '../../api/edits.ts'
import type { PixelRect } from '../../api/geometry.ts'
import type { ImageId } from '../../api/images.ts'

/** What all requests of a measurement have in common. */
export type CommonFields = Pick<EditRequestInput, 'prompt' | 'seed' | 'count' | 'packId' | 'steps'>

/**
 * One of each edit of a picture, as a person asks for it: a quarter of it masked where an edit needs a mask, half as much added
 * where it extends, all of it where an edit can do without.
 *
 * @param kinds  those the pack can do.
 * @param mask  of a quarter of the picture.
 */
export function listEditRequests(
  { image, bounds, mask }: { image: ImageId; bounds: PixelRect; mask: ImageId },
  kinds: readonly string[],
  common: CommonFields,
): { readonly kind: EditKind; readonly request: EditRequestInput }[] {
  const frame = { ...bounds, width: bounds.width + Math.ceil(bounds.width / 2) }
  const requests: EditRequestInput[] = [
    { kind: 'inpaint', image, mask, ...common },
    { kind: 'outpaint', image, frame, ...common },
    { kind: 'retouch', image, ...common },
    { kind: 'restyle', image, ...common },
    { kind: 'vary', image, ...common },
    { kind: 'remove', image, mask, ...common },
    { kind: 'replace-background', image, subject: mask, ...common },
    { kind: 'upscale', image, ...common },
  ]
  return requests.filter(({ kind }) => kinds.includes(kind)).map((request) => ({ kind: request.kind, request }))
}
