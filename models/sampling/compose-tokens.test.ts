import { describe, expect, it } from 'vitest'
import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { composeTokens } from './compose-tokens.ts'

const even = (rows: number, columns: number, token: number): TokenGrid => ({ rows, columns, tokens: new Int32Array(rows * columns).fill(token) })
const CANVAS = { rows: 4, columns: 6 }
const columnsFrom = (first: number, last = 5) => Uint8Array.from({ length: 24 }, (_, i) => (i % 6 >= first && i % 6 <= last ? 1 : 0))
const M = MASK_TOKEN

describe('composing candidates', () => {
  it('takes each cell from its source and masks the join', () => {
    const [composed] = composeTokens(CANVAS, [[even(4, 6, 7)], [even(4, 6, 9)]], columnsFrom(3), columnsFrom(2, 3))
    expect([...composed!.tokens.subarray(0, 6)]).toEqual([7, 7, M, M, 9, 9])
    expect([...composed!.tokens.subarray(18)]).toEqual([7, 7, M, M, 9, 9])
  })

  it('masks a coarse token that covers a cell of the join', () => {
    const candidates = [[even(2, 3, 1), even(4, 6, 7)], [even(2, 3, 2), even(4, 6, 9)]]
    const [coarse, fine] = composeTokens(CANVAS, candidates, columnsFrom(4), columnsFrom(3, 4))
    expect([...coarse!.tokens.subarray(0, 3)]).toEqual([1, M, M])
    expect([...fine!.tokens.subarray(0, 6)]).toEqual([7, 7, 7, M, M, 9])
  })
})
