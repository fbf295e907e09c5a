import { describe, expect, it } from 'vitest'
import { findCommand, formatKeys, type KeyPress } from './shortcuts.ts'

function press(key: string, code: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }
}

describe('shortcuts', () => {
  it('undoes where Z is written, not where it lies on an American keyboard', () => {
    expect(findCommand(press('z', 'KeyY', { ctrlKey: true }), 'linux')).toBe('edit.undo')
    expect(findCommand(press('y', 'KeyZ', { ctrlKey: true }), 'linux')).toBe('edit.redo')
  })

  it('finds Z by its place where the layout writes no Latin letters', () => {
    expect(findCommand(press('я', 'KeyZ', { ctrlKey: true }), 'windows')).toBe('edit.undo')
    expect(findCommand(press('Я', 'KeyZ', { ctrlKey: true, shiftKey: true }), 'windows')).toBe('edit.redo')
  })

  it('takes Cmd on a Mac and Ctrl elsewhere', () => {
    expect(findCommand(press('z', 'KeyZ', { metaKey: true }), 'mac')).toBe('edit.undo')
    expect(findCommand(press('z', 'KeyZ', { ctrlKey: true }), 'mac')).toBeUndefined()
    expect(findCommand(press('z', 'KeyZ', { metaKey: true }), 'linux')).toBeUndefined()
  })

  it('accepts a candidate although Option makes another sign of the digit', () => {
    expect(findCommand(press('¡', 'Digit1', { altKey: true }), 'mac')).toBe('candidate.1')
    expect(findCommand(press('2', 'Digit2', { altKey: true }), 'linux')).toBe('candidate.2')
  })

  it('knows signs however they are typed', () => {
    expect(findCommand(press('?', 'Minus', { shiftKey: true }), 'linux')).toBe('app.shortcuts')
    expect(findCommand(press('/', 'Digit7', { shiftKey: true }), 'linux')).toBe('run.focus-prompt')
    expect(findCommand(press('=', 'Equal', { ctrlKey: true }), 'linux')).toBe('view.zoom-in')
    expect(findCommand(press('+', 'Equal', { ctrlKey: true, shiftKey: true }), 'linux')).toBe('view.zoom-in')
  })

  it('knows signs that take AltGr or Option, as on a German keyboard', () => {
    const altGr = { ctrlKey: true, altKey: true }
    expect(findCommand(press('[', 'Digit8', altGr), 'windows')).toBe('brush.smaller')
    expect(findCommand(press('\\', 'Minus', altGr), 'windows')).toBe('view.before')
    expect(findCommand(press('[', 'Digit5', { altKey: true }), 'mac')).toBe('brush.smaller')
    expect(findCommand(press('[', 'Digit5', { altKey: true, ctrlKey: true }), 'mac')).toBeUndefined()
    expect(findCommand(press('[', 'BracketLeft', { ctrlKey: true }), 'windows')).toBeUndefined()
  })

  it('grows the mask with Shift and the bracket key, whatever sign that makes', () => {
    expect(findCommand(press('}', 'BracketRight', { shiftKey: true }), 'linux')).toBe('mask.grow')
    expect(findCommand(press(']', 'BracketRight'), 'linux')).toBe('brush.larger')
  })

  it('does not take a plain letter for a command with Ctrl', () => {
    expect(findCommand(press('b', 'KeyB'), 'linux')).toBe('tool.brush')
    expect(findCommand(press('b', 'KeyB', { ctrlKey: true }), 'linux')).toBeUndefined()
  })

  it('writes keys as the platform does', () => {
    expect(formatKeys('Mod+Shift+Z', 'mac')).toEqual(['⌘', '⇧', 'Z'])
    expect(formatKeys('Mod++', 'linux')).toEqual(['Ctrl', '+'])
  })
})
