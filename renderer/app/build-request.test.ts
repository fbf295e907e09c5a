import { describe, expect, it } from 'vitest'
import { editRequestSchema } from '../../electron/api/edits.ts'
import { DEFAULT_OPTIONS } from '../engine/editor-store.ts'
import { buildRequest } from './build-request.ts'

const IMAGE = 'a'.repeat(64)
const MASK = 'b'.repeat(64)
const FRAME = { x: -64, y: 0, width: 320, height: 256 }

describe('the request of what Enter starts', () => {
  it('creates a picture from words alone', () => {
    const request = buildRequest({ kind: 'create', reason: 'document-empty' }, ' a beach ', DEFAULT_OPTIONS, null, null)
    expect(editRequestSchema.parse(request)).toMatchObject({ kind: 'generate', prompt: 'a beach', size: null, count: 4 })
  })

  it('repaints the picture under the mask', () => {
    const edit = { kind: 'repaint', reason: 'mask-painted', maskBounds: FRAME } as const
    const request = buildRequest(edit, 'snow', DEFAULT_OPTIONS, 'starter', { image: IMAGE, mask: MASK })
    expect(editRequestSchema.parse(request)).toMatchObject({ kind: 'inpaint', image: IMAGE, mask: MASK, packId: 'starter' })
  })

  it('extends and repaints in one edit', () => {
    const edit = { kind: 'extend', reason: 'frame-beyond-and-mask', frame: FRAME, maskBounds: FRAME } as const
    const request = buildRequest(edit, 'sea', DEFAULT_OPTIONS, null, { image: IMAGE, mask: MASK })
    expect(editRequestSchema.parse(request)).toMatchObject({ kind: 'outpaint', frame: FRAME, mask: MASK })
  })

  it('uses the shown seed again only where it is locked', () => {
    const edit = { kind: 'create', reason: 'document-empty' } as const
    const free = buildRequest(edit, '', { ...DEFAULT_OPTIONS, seed: 7 }, null, null)
    const locked = buildRequest(edit, '', { ...DEFAULT_OPTIONS, seed: 7, isSeedLocked: true }, null, null)
    expect([free.seed, locked.seed]).toEqual([null, 7])
  })
})
