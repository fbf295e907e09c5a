import { expect, it } from 'vitest'
import { EDIT_STRINGS } from '../../electron/api/strings/edits.ts'
import { editWordsWith, labelEdit } from './edit-words.ts'

const { retouch } = EDIT_STRINGS
const instructable = { takesReference: true }

it('asks for an instruction where the model follows one', () => {
  expect(editWordsWith(instructable, 'retouch', {})).toMatchObject({ ...retouch.instructed, button: retouch.button })
  expect(editWordsWith({ takesReference: false }, 'retouch', {})).toEqual(retouch)
  expect(editWordsWith(null, 'retouch', {})).toEqual(retouch)
  expect(editWordsWith(instructable, 'create', {})).toEqual(EDIT_STRINGS.create)
})

it('asks for a description where a share was chosen: then it changes a little at a time', () => {
  expect(editWordsWith(instructable, 'retouch', { retouch: { share: 0.1 } })).toEqual(retouch)
  expect(editWordsWith(instructable, 'retouch', { retouch: { share: null }, vary: { strength: 1 } })).toMatchObject(retouch.instructed)
})

it('names an edit after the canvas', () => {
  const bounds = { x: 0, y: 0, width: 9, height: 9 }
  const canvas = { origin: 'opened', bounds, maskBounds: null, frame: null } as const
  expect(labelEdit(editWordsWith(instructable, 'retouch', {}), canvas)).toBe('Change by instruction')
  expect(labelEdit(editWordsWith(instructable, 'retouch', {}), { ...canvas, maskBounds: bounds })).toBe('Change the masked part by instruction')
  const frame = { does: 'extend', rect: bounds, sides: ['right'] } as const
  expect(labelEdit(EDIT_STRINGS.extend, { ...canvas, frame })).toBe('Extend to the right')
})
