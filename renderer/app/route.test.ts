import { describe, expect, it } from 'vitest'
import { readRoute, routeTo } from './route.ts'

describe('the address', () => {
  it('finds its document again', () => {
    expect(readRoute(routeTo('0199-ab'))).toBe('0199-ab')
  })

  it.each(['', '#/', '#/documents/', '#/documents/../x'])('shows the start screen for %j', (hash) => {
    expect(readRoute(hash)).toBeNull()
  })
})
