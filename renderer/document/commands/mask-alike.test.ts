import { describe, expect, it } from 'vitest'
import { toRuns } from './mask-alike.ts'

describe('runs of cells', () => {
  it('end with their row', () => {
    expect(toRuns(Uint8Array.of(0, 1, 1, 1, 0, 1), 3)).toEqual([1, 2, 3, 1, 5, 1])
  })
})
