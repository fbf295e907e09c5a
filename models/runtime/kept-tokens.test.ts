import { describe, expect, it } from 'vitest'
import { NO_TOKEN, readTokens, writeTokens } from './kept-tokens.ts'
import { MASK_TOKEN } from './masked-transformer.ts'

describe('kept tokens', () => {
  it('come back as they were, masks too', () => {
    const tokens = Int32Array.of(0, MASK_TOKEN, 65_534, 7)
    expect([...readTokens(writeTokens(tokens))]).toEqual([...tokens])
  })

  it('are two bytes each, one grid after another', () => {
    expect([...writeTokens(Int32Array.of(1, MASK_TOKEN), Int32Array.of(2))]).toEqual([1, NO_TOKEN, 2])
  })
})
