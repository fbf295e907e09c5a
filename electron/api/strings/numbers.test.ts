import { describe, expect, it } from 'vitest'
import { formatAge, formatBytes, formatCount, formatShare } from './numbers.ts'

describe('numbers in words', () => {
  it('counts one and many', () => {
    const words = { one: 'document', other: 'documents' }
    expect(formatCount(1, words)).toBe('1 document')
    expect(formatCount(1200, words)).toBe('1,200 documents')
  })

  it('never says that all is untouched when a pixel is not', () => {
    expect(formatShare(0.9999999, 1)).toBe('99.9 %')
    expect(formatShare(1, 1)).toBe('100 %')
    expect(formatShare(0.963, 1)).toBe('96.3 %')
  })

  it('shows sizes on disk in units people know', () => {
    expect(formatBytes(512)).toBe('512 byte')
    expect(formatBytes(2_340_000)).toBe('2.3 MB')
  })

  it('says how long ago, and the date when it is long', () => {
    const now = Date.parse('2026-11-22T12:00:00Z')
    expect(formatAge('2026-11-22T11:59:30Z', now)).toBe('this minute')
    expect(formatAge('2026-11-22T09:00:00Z', now)).toBe('3 hours ago')
    expect(formatAge('2026-11-21T09:00:00Z', now)).toBe('yesterday')
    expect(formatAge('2026-01-01T09:00:00Z', now)).toContain('2026')
  })
})
