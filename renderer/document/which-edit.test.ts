import { describe, expect, it } from 'vitest'
import { applyCommand, type DocumentCommand } from './commands/commands.ts'
import { EMPTY_DOCUMENT } from './document.ts'
import { accept, BOUNDS, frame, openPicture, rectangle, run } from './document-examples.ts'
import { NO_TILES } from './mask-tiles.ts'
import { whichEdit } from './which-edit.ts'

const after = (...commands: DocumentCommand[]) =>
  whichEdit(commands.reduce((state, command) => applyCommand(state, command, { getMaskTiles: () => NO_TILES }), EMPTY_DOCUMENT))

const MASK = { x: 20, y: 30, width: 40, height: 50 }
const BEYOND = { x: -128, y: 0, width: BOUNDS.width + 128, height: BOUNDS.height }
const INSIDE = { x: 16, y: 16, width: 100, height: 100 }
const BOTH_WAYS = { x: 64, y: 0, width: BOUNDS.width, height: BOUNDS.height }

describe('what Enter starts', () => {
  it('creates in an empty document', () => {
    expect(after()).toEqual({ kind: 'create', reason: 'document-empty' })
  })

  it('creates again over a created picture without a mask', () => {
    expect(after(run(), accept())).toEqual({ kind: 'create-again', reason: 'picture-created' })
  })

  it('creates in a new document where the picture is an opened photo', () => {
    expect(after(openPicture())).toEqual({ kind: 'create-in-new-document', reason: 'picture-opened' })
  })

  it('repaints under a mask', () => {
    expect(after(openPicture(), rectangle(MASK))).toEqual({ kind: 'repaint', reason: 'mask-painted', maskBounds: MASK })
  })

  it('does not repaint where the mask was erased again', () => {
    expect(after(openPicture(), rectangle(MASK), rectangle(MASK, true)).kind).toBe('create-in-new-document')
  })

  it('extends to a frame beyond the picture', () => {
    expect(after(openPicture(), frame(BEYOND))).toEqual({ kind: 'extend', reason: 'frame-beyond', frame: BEYOND, maskBounds: null })
  })

  it('does both in one edit', () => {
    expect(after(openPicture(), rectangle(MASK), frame(BEYOND))).toEqual({
      kind: 'extend',
      reason: 'frame-beyond-and-mask',
      frame: BEYOND,
      maskBounds: MASK,
    })
  })

  it('crops to a frame inside', () => {
    expect(after(openPicture(), frame(INSIDE))).toEqual({ kind: 'crop', reason: 'frame-inside', frame: INSIDE })
    expect(after(openPicture(), rectangle(MASK), frame(INSIDE))).toMatchObject({ kind: 'crop', reason: 'frame-inside-and-mask' })
  })

  it('extends first where the frame reaches beyond on one side and stays inside on another, then crops', () => {
    const extended = { x: 0, y: 0, width: BOUNDS.width + 64, height: BOUNDS.height }
    const commands = [openPicture(), frame(BOTH_WAYS)]
    expect(after(...commands)).toEqual({ kind: 'extend', reason: 'frame-beyond-and-inside', frame: extended, maskBounds: null })
    expect(after(...commands, run(), accept('job', extended))).toEqual({ kind: 'crop', reason: 'frame-inside', frame: BOTH_WAYS })
  })

  it('takes a frame on the picture itself for none', () => {
    expect(after(openPicture(), frame(BOUNDS)).kind).toBe('create-in-new-document')
    expect(after(openPicture(), frame(BEYOND), run(), accept('job', BEYOND)).kind).toBe('create-in-new-document')
  })
})
