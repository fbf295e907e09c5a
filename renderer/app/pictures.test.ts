import { describe, expect, it } from 'vitest'
import { nameFromFile } from './documents.ts'
import { suggestFileName } from './pictures.ts'

describe('the name of a document made from a file', () => {
  it('is the file’s without its extension', () => {
    expect(nameFromFile('photo.jpg')).toBe('photo')
    expect(nameFromFile('Harbour v1.2.TIFF')).toBe('Harbour v1.2')
    expect(nameFromFile('a.b')).toBe('a.b')
    expect(nameFromFile('.png')).toBe('Untitled')
  })
})

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
