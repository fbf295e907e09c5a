import { expect, it } from 'vitest'
import { EDIT_STRINGS } from '../../electron/api/strings/edits.ts'
import { editWordsWith } from './edit-words.ts'

it('asks for an instruction where the model follows one', () => {
  const { retouch } = EDIT_STRINGS
  expect(editWordsWith({ takesReference: true }, 'retouch')).toMatchObject({ ...retouch.instructed, button: retouch.button })
  expect(editWordsWith({ takesReference: false }, 'retouch')).toEqual(retouch)
  expect(editWordsWith(null, 'retouch')).toEqual(retouch)
  expect(editWordsWith({ takesReference: true }, 'create')).toEqual(EDIT_STRINGS.create)
})
