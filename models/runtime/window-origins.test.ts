import { describe, expect, it } from 'vitest'
import { windowOrigins } from './window-origins.ts'

describe('windowOrigins', () => {
  it('needs one window where it covers all', () => {
    expect(windowOrigins(16, 16, 8)).toEqual([0])
  })

  it('spreads windows evenly, none farther apart than asked', () => {
    expect(windowOrigins(24, 16, 8)).toEqual([0, 8])
    expect(windowOrigins(27, 16, 8)).toEqual([0, 6, 11])
    expect(windowOrigins(17, 16, 12)).toEqual([0, 1])
  })
})
