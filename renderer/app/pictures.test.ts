import { describe, expect, it } from 'vitest'
import { suggestFileName } from './pictures.ts'

describe('the name of a saved file', () => {
  it('follows the document and the format', () => {
    expect(suggestFileName('beach.jpg', 'png')).toBe('beach.png')
    expect(suggestFileName('A quiet harbour …', 'jpeg')).toBe('A quiet harbour.jpg')
  })

  it('has no character that a file system refuses', () => {
    expect(suggestFileName('a/b: c?', 'webp')).toBe('a b c.webp')
    expect(suggestFileName('???', 'png')).toBe('picture.png')
  })
})
