import { expect, test } from 'vitest'
import { copyPart, parseTileKey, tileRect, tileSpan, touchedTiles } from './tile-grid.ts'

test('finds the tiles a rectangle touches on both sides of the origin', () => {
  const touched = [...touchedTiles({ x: -1, y: 255, width: 2, height: 2 })]
  expect(touched.map(({ column, row }) => `${column},${row}`)).toEqual(['-1,0', '0,0', '-1,1', '0,1'])
  expect(touched.map(({ part }) => part)).toEqual([
    { x: -1, y: 255, width: 1, height: 1 },
    { x: 0, y: 255, width: 1, height: 1 },
    { x: -1, y: 256, width: 1, height: 1 },
    { x: 0, y: 256, width: 1, height: 1 },
  ])
  expect(tileSpan({ x: -256, y: 0, width: 257, height: 256 })).toEqual({ x: -1, y: 0, width: 2, height: 1 })
})

test('a key names a tile’s place', () => {
  expect(parseTileKey('-3,12')).toEqual([-3, 12])
  expect(tileRect(-3, 12)).toEqual({ x: -768, y: 3072, width: 256, height: 256 })
})

test('copies a part between rasters that lie differently', () => {
  const from = { rect: { x: 10, y: 10, width: 3, height: 2 }, bytes: Uint8Array.of(1, 2, 3, 4, 5, 6) }
  const to = { rect: { x: 11, y: 9, width: 2, height: 3 }, bytes: new Uint8Array(6) }
  copyPart(from, to, { x: 11, y: 10, width: 2, height: 2 }, 1)
  expect([...to.bytes]).toEqual([0, 0, 2, 3, 5, 6])
})
