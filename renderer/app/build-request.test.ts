import { describe, expect, it } from 'vitest'
import { editRequestSchema, type EditRequest } from '../../electron/api/edits.ts'
import type { EditId } from '../../electron/api/strings/edits.ts'
import type { EditOptions, EditTarget } from '../document/edits/edit.ts'
import { EDITS } from '../document/edits/edits.ts'
import { DEFAULT_OPTIONS, type RunOptions } from '../engine/editor-store.ts'
import { buildRequest } from './build-request.ts'

const IMAGE = 'a'.repeat(64)
const MASK = 'b'.repeat(64)
const FRAME = { x: -64, y: 0, width: 320, height: 256 }
const NEW: EditTarget = { image: null, mask: null, frame: null, size: null }
const PHOTO: EditTarget = { ...NEW, image: IMAGE }
const PAINTED: EditTarget = { ...PHOTO, mask: MASK }

function requestOf(id: EditId, target: EditTarget, editOptions: EditOptions = {}, options: RunOptions = DEFAULT_OPTIONS): EditRequest {
  return editRequestSchema.parse(buildRequest(EDITS[id], target, { prompt: ' snow ', packId: null }, options, editOptions))
}

describe('the request of what Enter starts', () => {
  it('creates a picture from words alone', () => {
    expect(requestOf('create', NEW)).toMatchObject({ kind: 'generate', prompt: 'snow', size: null, count: 4 })
  })

  it('replaces and removes what is under the mask', () => {
    expect(requestOf('repaint', PAINTED)).toMatchObject({ kind: 'inpaint', image: IMAGE, mask: MASK })
    expect(requestOf('remove', PAINTED)).toMatchObject({ kind: 'remove', image: IMAGE, mask: MASK })
  })

  it('extends and repaints in one edit', () => {
    expect(requestOf('extend', { ...PAINTED, frame: FRAME })).toMatchObject({ kind: 'outpaint', frame: FRAME, mask: MASK })
  })

  it.each(['vary', 'restyle', 'retouch'] as const)('%s takes all of the picture, or what the mask covers', (id) => {
    expect(requestOf(id, PHOTO)).toMatchObject({ kind: id, image: IMAGE, mask: null })
    expect(requestOf(id, PAINTED)).toMatchObject({ kind: id, image: IMAGE, mask: MASK })
  })

  it('refuses to replace where there is no mask', () => {
    expect(() => requestOf('repaint', PHOTO)).toThrow(/mask/)
  })

  it('takes what was chosen for this kind of edit, and the defaults for the rest', () => {
    expect(requestOf('vary', PHOTO, { strength: 0.25, steps: 8 })).toMatchObject({ strength: 0.25, steps: 8, guidanceScale: null })
    expect(requestOf('vary', PHOTO)).toMatchObject({ strength: 0.5, steps: null })
  })

  it('leaves out what is no option of this edit', () => {
    expect(requestOf('remove', PAINTED, { strength: 0.2, guidanceScale: 9 })).toMatchObject({ kind: 'remove', guidanceScale: null })
  })

  it('uses the shown seed again only where it is locked', () => {
    const free = requestOf('create', NEW, {}, { ...DEFAULT_OPTIONS, seed: 7 })
    const locked = requestOf('create', NEW, {}, { ...DEFAULT_OPTIONS, seed: 7, isSeedLocked: true })
    expect([free.seed, locked.seed]).toEqual([null, 7])
  })
})
