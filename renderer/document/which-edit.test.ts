import { describe, expect, it } from 'vitest'
import { applyCommand, type DocumentCommand } from './commands/commands.ts'
import { EMPTY_DOCUMENT } from './document.ts'
import { accept, BOUNDS, frame, openPicture, rectangle, run } from './document-examples.ts'
import { NO_TILES } from './mask-tiles.ts'
import { type ChosenEdit, readEditCanvas, whichEdit } from './which-edit.ts'

const after = (...commands: DocumentCommand[]) =>
  readEditCanvas(commands.reduce((state, command) => applyCommand(state, command, { getMaskTiles: () => NO_TILES }), EMPTY_DOCUMENT))

const ALL = () => true
const proposed = (...commands: DocumentCommand[]) => whichEdit(after(...commands), true, null, ALL).id
const wordless = (...commands: DocumentCommand[]) => whichEdit(after(...commands), false, null, ALL).id

const MASK = { x: 20, y: 30, width: 40, height: 50 }
const BEYOND = { x: -128, y: 0, width: BOUNDS.width + 128, height: BOUNDS.height }
const INSIDE = { x: 16, y: 16, width: 100, height: 100 }
const BOTH_WAYS = { x: 64, y: 0, width: BOUNDS.width, height: BOUNDS.height }

describe('what Enter starts', () => {
  it('creates in an empty document', () => {
    expect(proposed()).toBe('create')
  })

  it('creates again over a created picture without a mask', () => {
    expect(proposed(run(), accept())).toBe('create-again')
  })

  it('changes an opened photo by words, without a mask', () => {
    expect(proposed(openPicture())).toBe('retouch')
  })

  it('replaces under a mask what words say, and removes where there are none', () => {
    expect(proposed(openPicture(), rectangle(MASK))).toBe('repaint')
    expect(wordless(openPicture(), rectangle(MASK))).toBe('remove')
    expect(after(openPicture(), rectangle(MASK)).maskBounds).toEqual(MASK)
  })

  it('does not repaint where the mask was erased again', () => {
    expect(proposed(openPicture(), rectangle(MASK), rectangle(MASK, true))).toBe('retouch')
  })

  it('extends to a frame beyond the picture, with the mask in one edit', () => {
    expect(proposed(openPicture(), frame(BEYOND))).toBe('extend')
    expect(after(openPicture(), frame(BEYOND)).frame).toEqual({ does: 'extend', rect: BEYOND, sides: ['left'] })
    expect(wordless(openPicture(), rectangle(MASK), frame(BEYOND))).toBe('extend')
    expect(after(openPicture(), rectangle(MASK), frame(BEYOND)).maskBounds).toEqual(MASK)
  })

  it('crops to a frame inside', () => {
    expect(proposed(openPicture(), frame(INSIDE))).toBe('crop')
    expect(proposed(openPicture(), rectangle(MASK), frame(INSIDE))).toBe('crop')
  })

  it('extends first where the frame reaches beyond on one side and stays inside on another, then crops', () => {
    const extended = { x: 0, y: 0, width: BOUNDS.width + 64, height: BOUNDS.height }
    const commands = [openPicture(), frame(BOTH_WAYS)]
    expect(after(...commands).frame).toEqual({ does: 'extend', rect: extended, sides: ['right'] })
    expect(after(...commands, run(), accept('job', extended)).frame).toMatchObject({ does: 'crop', rect: BOTH_WAYS })
  })

  it('takes a frame on the picture itself for none', () => {
    expect(proposed(openPicture(), frame(BOUNDS))).toBe('retouch')
    expect(proposed(openPicture(), frame(BEYOND), run(), accept('job', BEYOND))).toBe('retouch')
  })
})

describe('switching to another edit', () => {
  const photo = after(openPicture())
  const painted = after(openPicture(), rectangle(MASK))
  const newDocument: ChosenEdit = { id: 'create-in-new-document', insteadOf: 'retouch' }

  it('holds as long as the canvas asks for the same', () => {
    expect(whichEdit(photo, true, newDocument, ALL)).toMatchObject({ id: 'create-in-new-document', proposed: 'retouch' })
    expect(whichEdit(photo, false, newDocument, ALL).id).toBe('create-in-new-document')
    expect(whichEdit(painted, true, newDocument, ALL).id).toBe('repaint')
  })

  it('is kept while words come and go', () => {
    const chosen: ChosenEdit = { id: 'restyle', insteadOf: 'repaint' }
    expect(whichEdit(painted, false, chosen, ALL)).toMatchObject({ id: 'restyle', proposed: 'remove' })
  })

  it('offers under a frame what the picture without it offers too', () => {
    const { offers } = whichEdit(after(openPicture(), rectangle(MASK), frame(BEYOND)), true, null, ALL)
    expect(offers[0]).toBe('extend')
    expect(offers).toContain('repaint')
  })
})

describe('with a pack that cannot do everything', () => {
  it('proposes the likeliest edit that can be done', () => {
    const onlyGenerates = (kind: string) => kind === 'generate'
    expect(whichEdit(after(openPicture()), true, null, onlyGenerates).id).toBe('create-in-new-document')
    const inpaints = (kind: string) => kind === 'inpaint'
    expect(whichEdit(after(openPicture(), rectangle(MASK)), false, null, inpaints).id).toBe('repaint')
  })

  it('proposes what the canvas asks for where nothing can be done', () => {
    expect(whichEdit(after(), true, null, () => false).id).toBe('create')
  })

  it('drops a choice the pack cannot do', () => {
    const chosen: ChosenEdit = { id: 'vary', insteadOf: 'retouch' }
    expect(whichEdit(after(openPicture()), true, chosen, (kind) => kind !== 'vary').id).toBe('retouch')
  })
})
