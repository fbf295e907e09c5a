import type { EditRequest } from '../../electron/api/edits.ts'
import type { FormingPreview } from '../canvas/canvas-props.ts'

/** An edit that may have a mask and has none writes everywhere, unless a frame says where. */
export function findWrittenPart(request: EditRequest): FormingPreview['writes'] {
  if ('subject' in request) return 'unmasked'
  const isMasked = 'mask' in request && (request.mask !== null || 'frame' in request)
  return isMasked ? 'masked' : 'all'
}
