import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import type { TokenWindow } from './edit-plan.ts'
import { forEachRow } from './windows.ts'

/** A copy of the tokens under a window. */
export function readWindow({ columns, tokens }: TokenGrid, window: TokenWindow): TokenGrid {
  const cut = new Int32Array(window.rows * window.columns)
  forEachRow(window, columns, (start, end, row) => cut.set(tokens.subarray(start, end), row * window.columns))
  return { rows: window.rows, columns: window.columns, tokens: cut }
}

/** Writes [window.rows × window.columns] tokens into the canvas. */
export function writeWindow({ columns, tokens }: TokenGrid, window: TokenWindow, patch: Int32Array): void {
  forEachRow(window, columns, (start, _end, row) => {
    tokens.set(patch.subarray(row * window.columns, (row + 1) * window.columns), start)
  })
}

/** The same part of the picture on another stage's canvas. The finer grid's sides are multiples of the coarser one's. */
export function stageWindow(window: TokenWindow, from: TokenGrid, to: TokenGrid): TokenWindow {
  const down = to.rows / from.rows
  const right = to.columns / from.columns
  return {
    row: Math.floor(window.row * down),
    column: Math.floor(window.column * right),
    rows: Math.ceil(window.rows * down),
    columns: Math.ceil(window.columns * right),
  }
}

/**
 * Which tokens of another grid over the same picture a token mask touches: a coarse token that covers one forgotten fine
 * token is forgotten too, for it would give away what was there.
 *
 * @param tokenMask  [rows × columns] of `from`, row-major; 1 = forget.
 * @returns the same for `to`.
 */
export function projectTokenMask(
  tokenMask: Uint8Array,
  from: { readonly rows: number; readonly columns: number },
  to: { readonly rows: number; readonly columns: number },
): Uint8Array {
  const projected = new Uint8Array(to.rows * to.columns)
  for (let row = 0; row < to.rows; row++) {
    for (let column = 0; column < to.columns; column++) {
      const rows = coveredRange(row, to.rows, from.rows)
      const columns = coveredRange(column, to.columns, from.columns)
      if (isAnySet(tokenMask, from.columns, rows, columns)) projected[row * to.columns + column] = 1
    }
  }
  return projected
}

/** Replaces what a token mask forgets by MASK_TOKEN, in a copy. */
export function maskTokens({ rows, columns, tokens }: TokenGrid, tokenMask: Uint8Array): TokenGrid {
  return { rows, columns, tokens: tokens.map((token, i) => (tokenMask[i] === 1 ? MASK_TOKEN : token)) }
}

type Range = readonly [start: number, end: number]

/** Which cells of an axis with `otherCount` cells the cell `index` of `count` touches. */
function coveredRange(index: number, count: number, otherCount: number): Range {
  return [Math.floor((index * otherCount) / count), Math.ceil(((index + 1) * otherCount) / count)]
}

function isAnySet(mask: Uint8Array, columnCount: number, rows: Range, columns: Range): boolean {
  for (let row = rows[0]; row < rows[1]; row++) {
    for (let column = columns[0]; column < columns[1]; column++) {
      if (mask[row * columnCount + column] === 1) return true
    }
  }
  return false
}
