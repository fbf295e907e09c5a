import { describe, expect, it } from 'vitest'
import { EMPTY_DOCUMENT } from '../document.ts'
import { NO_TILES } from '../mask-tiles.ts'
import { applyCommand, type DocumentCommand } from './commands.ts'

const pin = (x: number, token = 1) => ({ x, y: 0, cellSize: 8, token, step: 0 })
const apply = (...commands: DocumentCommand[]) =>
  commands.reduce((state, command) => applyCommand(state, command, { getMaskTiles: () => NO_TILES }), EMPTY_DOCUMENT)

describe('pins', () => {
  it('add up, and a cell has one', () => {
    const { pins } = apply(
      { type: 'pin-cells', packId: 'a', pins: [pin(0), pin(8)] },
      { type: 'pin-cells', packId: 'a', pins: [pin(8, 2)] },
    )
    expect(pins).toEqual({ packId: 'a', cells: [pin(0), pin(8, 2)] })
  })

  it('of another pack give way', () => {
    const { pins } = apply({ type: 'pin-cells', packId: 'a', pins: [pin(0)] }, { type: 'pin-cells', packId: 'b', pins: [pin(8)] })
    expect(pins).toEqual({ packId: 'b', cells: [pin(8)] })
  })

  it('are let go cell by cell, or all at once', () => {
    const both: DocumentCommand = { type: 'pin-cells', packId: 'a', pins: [pin(0), pin(8)] }
    expect(apply(both, { type: 'unpin-cells', cells: [{ x: 0, y: 0, cellSize: 8 }] }).pins.cells).toEqual([pin(8)])
    expect(apply(both, { type: 'clear-pins' }).pins.cells).toEqual([])
  })

  it('that are not there are no step to undo', () => {
    expect(apply({ type: 'clear-pins' })).toBe(EMPTY_DOCUMENT)
  })
})
