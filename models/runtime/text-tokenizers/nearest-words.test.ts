import { describe, expect, it } from 'vitest'
import { findNearestWords } from './nearest-words.ts'

const known = ['beach', 'bench', 'peach', 'mountain', 'mountains', 'fox', 'box', 'ox', 'cafe', 'snow']

describe('findNearestWords', () => {
  it('forgives a wrong, a missing, an extra and a swapped letter', () => {
    expect(findNearestWords('mountian', known)).toEqual(['mountain', 'mountains'])
    expect(findNearestWords('montain', known)[0]).toBe('mountain')
    expect(findNearestWords('snoww', known)).toEqual(['snow'])
  })

  it('prefers words that begin alike', () => {
    expect(findNearestWords('beech', known)[0]).toBe('beach')
    expect(findNearestWords('fax', known)).toEqual(['fox'])
  })

  it('looks through accents and capitals', () => {
    expect(findNearestWords('Café', known)).toEqual(['cafe'])
  })

  it('offers at most three, and nothing far-fetched', () => {
    expect(findNearestWords('zox', known)).toHaveLength(3)
    expect(findNearestWords('helicopter', known)).toEqual([])
  })
})
