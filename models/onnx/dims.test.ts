import { describe, expect, it } from 'vitest'
import { broadcast, half, product } from './dims.ts'

describe('product', () => {
  it('is the same for the same factors in any order', () => {
    expect(product('rows', 'columns', 3)).toBe(product(3, 'columns', 'rows'))
    expect(product('rows', 'columns', 3)).toBe('3*columns*rows')
  })

  it('takes products apart', () => {
    expect(product(2, product(3, 'rows'))).toBe('6*rows')
    expect(product(product('a', 'b'), 'c')).toBe('a*b*c')
  })

  it('is a number where all sizes are known', () => {
    expect(product(2, 3, 4)).toBe(24)
    expect(product()).toBe(1)
  })
})

describe('half', () => {
  it('rounds a number down', () => expect(half(7)).toBe(3))

  it('gives a name that no product takes apart', () => {
    expect(product(half('a*b'), 'c').toString().split('*')).toHaveLength(2)
  })
})

describe('broadcast', () => {
  it.each([
    [['batch', 4, 1], [3], ['batch', 4, 3]],
    [[1, 'rows'], ['batch', 1], ['batch', 'rows']],
    [[], [2, 3], [2, 3]],
  ])('of %j and %j is %j', (a, b, result) => {
    expect(broadcast(a, b)).toEqual(result)
    expect(broadcast(b, a)).toEqual(result)
  })

  it.each([[[2], [3]], [['rows'], [3]], [['rows'], ['columns']]])('of %j and %j is refused', (a, b) => {
    expect(() => broadcast(a, b)).toThrow(RangeError)
  })
})
