import { z } from 'zod'
import { isSameCell, type PinnedCell, pinSchema } from '../../../electron/api/pins.ts'
import type { DocumentState } from '../document.ts'
import { defineCommand } from './command.ts'

/** Cells that stay as they are in a candidate. Those of another pack give way to them. */
export const pinCells = defineCommand({
  type: 'pin-cells',
  schema: z.object({ type: z.literal('pin-cells'), packId: z.string(), pins: z.array(pinSchema) }),
  label: () => 'pin-cells',
  apply: (state, { packId, pins }) => {
    const others = state.pins.packId === packId ? withoutCells(state, pins) : []
    return { ...state, pins: { packId, cells: [...others, ...pins] } }
  },
})

/** Cells that may change again from the next try on. */
export const unpinCells = defineCommand({
  type: 'unpin-cells',
  schema: z.object({ type: z.literal('unpin-cells'), cells: z.array(pinSchema.pick({ x: true, y: true, cellSize: true })) }),
  label: () => 'unpin-cells',
  apply: (state, { cells }) => ({ ...state, pins: { ...state.pins, cells: withoutCells(state, cells) } }),
})

export const clearPins = defineCommand({
  type: 'clear-pins',
  schema: z.object({ type: z.literal('clear-pins') }),
  label: () => 'clear-pins',
  apply: (state) => (state.pins.cells.length === 0 ? state : { ...state, pins: { packId: null, cells: [] } }),
})

function withoutCells({ pins }: DocumentState, cells: readonly PinnedCell[]) {
  return pins.cells.filter((pin) => !cells.some((cell) => isSameCell(pin, cell)))
}
