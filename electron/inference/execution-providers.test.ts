import { describe, expect, it } from 'vitest'
import { chooseExecution } from './execution-providers.ts'

describe('chooseExecution', () => {
  it('takes all cores unless told otherwise, and never more', () => {
    expect(chooseExecution(0, 8).threadCount).toBe(8)
    expect(chooseExecution(3, 8).threadCount).toBe(3)
    expect(chooseExecution(64, 2).threadCount).toBe(2)
    expect(chooseExecution(0, 0).threadCount).toBe(1)
  })

  it('says why in words', () => {
    expect(chooseExecution(2, 4).reason).toMatch(/2 threads/)
    expect(chooseExecution(1, 4).reason).toMatch(/one thread/)
  })
})
