import { describe, expect, it } from 'vitest'
import { findObstacles } from './obstacles.ts'

const machine = { freeDiskBytes: 10e9, memoryBytes: 16e9, budgetBytes: 8e9 }
const demands = { diskBytes: 3e9, memoryBytes: 2e9, needsGraphicsCard: false }

describe('what a machine lacks', () => {
  it.each<[string, Partial<typeof demands>, unknown[]]>([
    ['nothing', {}, []],
    ['disk', { diskBytes: 9.9e9 }, [{ kind: 'disk', isBlocking: true, message: expect.stringContaining('10.1 GB') as string }]],
    ['memory of the budget', { memoryBytes: 9e9 }, [{ kind: 'memory', isBlocking: false, message: expect.stringContaining('8 GB') as string }]],
    ['memory of the machine', { memoryBytes: 20e9 }, [{ kind: 'memory', isBlocking: true, message: expect.stringContaining('16 GB') as string }]],
    ['a graphics card', { needsGraphicsCard: true }, [{ kind: 'graphics-card', isBlocking: false }]],
  ])('is said: %s', (_, more, obstacles) => {
    expect(findObstacles({ ...demands, ...more }, machine)).toMatchObject(obstacles)
    expect(findObstacles({ ...demands, ...more }, machine)).toHaveLength(obstacles.length)
  })
})
