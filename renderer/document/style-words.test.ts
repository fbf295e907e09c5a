import { describe, expect, it } from 'vitest'
import { findStyle, putStyle } from './style-words.ts'

const WATERCOLOUR = { name: 'Watercolour', prompt: 'watercolor painting' }
const NEON = { name: 'Neon', prompt: 'neon art' }
const STYLES = [WATERCOLOUR, NEON]

describe('a style in the prompt', () => {
  it('stands alone where nothing was written', () => {
    expect(putStyle('  ', NEON, STYLES)).toBe('neon art')
  })

  it('comes after what the picture shows, and takes the place of another style', () => {
    const painted = putStyle('a forest', WATERCOLOUR, STYLES)
    expect(painted).toBe('a forest, watercolor painting')
    expect(putStyle(painted, NEON, STYLES)).toBe('a forest, neon art')
  })

  it('is known again, and can be taken away', () => {
    expect(findStyle('a forest, neon art', STYLES)).toBe(NEON)
    expect(findStyle('a neon art museum', STYLES)).toBeNull()
    expect(putStyle('a forest, neon art', null, STYLES)).toBe('a forest')
    expect(putStyle('neon art', null, STYLES)).toBe('')
  })
})
