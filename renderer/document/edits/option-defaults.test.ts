import { describe, expect, it } from 'vitest'
import { EDIT_STRINGS, type EditId } from '../../../electron/api/strings/edits.ts'
import { EDITS } from './edits.ts'
import { findDefault } from './option-defaults.ts'

describe('what an option is where nothing was chosen', () => {
  it('differs by the edit', () => {
    expect(findDefault('vary', 'strength')).toBe(0.5)
    expect(findDefault('restyle', 'strength')).toBe(0.8)
  })

  it('is left to the engine where pack and mask decide', () => {
    expect(findDefault('inpaint', 'steps')).toBeNull()
    expect(findDefault('inpaint', 'decodingOrder')).toBeUndefined()
  })

  it.each(Object.keys(EDIT_STRINGS) as EditId[])('%s offers only options its request has', (id) => {
    const { kind, options } = EDITS[id]
    for (const key of options) expect(() => kind && findDefault(kind, key)).not.toThrow()
  })
})
