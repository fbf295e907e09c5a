import { describe, expect, it } from 'vitest'
import { planWindows } from './windows.ts'

const grid = { rows: 4, columns: 4 }

/** A token mask from rows of text: `#` is to be predicted. */
function maskOf(...lines: string[]): Uint8Array {
  return Uint8Array.from([...lines.join('')].map((cell) => (cell === '#' ? 1 : 0)))
}

describe('planWindows', () => {
  it('needs one window for a canvas of the grid itself', () => {
    expect(planWindows(grid, new Uint8Array(16).fill(1), grid)).toEqual([{ row: 0, column: 0, ...grid }])
  })

  it('grows an extension to the left from beside the picture outwards', () => {
    const mask = maskOf('######..', '######..', '######..', '######..')
    const columns = planWindows({ rows: 4, columns: 8 }, mask, grid).map((window) => window.column)
    expect(columns).toEqual([4, 2, 0])
  })

  it('begins windows where a coarser token does', () => {
    const columns = (step: number) =>
      new Set(planWindows({ rows: 4, columns: 10 }, new Uint8Array(40).fill(1), grid, step).map(({ column }) => column))
    expect(columns(2)).toEqual(new Set([0, 2, 4, 6]))
    expect(planWindows({ rows: 8, columns: 20 }, new Uint8Array(160).fill(1), { rows: 8, columns: 8 }, 4).map(({ column }) => column % 4)).toEqual([0, 0, 0, 0])
  })

  it('leaves out windows that have nothing to predict', () => {
    const mask = maskOf('.......#', '........', '........', '........')
    expect(planWindows({ rows: 4, columns: 8 }, mask, grid)).toEqual([{ row: 0, column: 4, ...grid }])
  })

  it('starts a picture of its own in the middle', () => {
    const windows = planWindows({ rows: 8, columns: 8 }, new Uint8Array(64).fill(1), grid)
    expect(windows[0]).toEqual({ row: 2, column: 2, ...grid })
  })

  it('reaches every masked token, whatever the canvas', () => {
    for (const [rows, columns] of [[4, 5], [7, 9], [11, 4], [6, 13]] as const) {
      const covered = new Uint8Array(rows * columns)
      for (const window of planWindows({ rows, columns }, covered.map(() => 1), grid)) {
        for (let row = 0; row < 4; row++) {
          const start = (window.row + row) * columns + window.column
          covered.fill(1, start, start + 4)
        }
      }
      expect(covered.includes(0), `${rows} × ${columns}`).toBe(false)
    }
  })

  it('refuses a canvas smaller than the grid, and a mask of another size', () => {
    expect(() => planWindows({ rows: 3, columns: 4 }, new Uint8Array(12), grid)).toThrow(RangeError)
    expect(() => planWindows(grid, new Uint8Array(12), grid)).toThrow(RangeError)
  })
})
