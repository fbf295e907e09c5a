import { describe, expect, it } from 'vitest'
import type { PackSummary } from '../../electron/api/packs.ts'
import { listSizes } from './picture-sizes.ts'

const pack = { defaultSize: { width: 128, height: 128 }, downsampleFactor: 8 } as PackSummary

describe('sizes to choose from', () => {
  it('begin with the pack’s own, once', () => {
    const sizes = listSizes(pack)
    expect(sizes[0]).toEqual({ width: 128, height: 128 })
    expect(sizes.filter(({ width, height }) => width === 128 && height === 128)).toHaveLength(1)
  })

  it('are whole tokens', () => {
    expect(listSizes(pack).every(({ width, height }) => width % 8 === 0 && height % 8 === 0)).toBe(true)
  })
})
