import { expect, it } from 'vitest'
import { centredArea } from './measure-model.ts'

it('repaints whole cells in the middle, as many as the share says', () => {
  const pack = { downsampleFactor: 8, gridRows: 16, gridColumns: 16 }
  const picture = { width: 128, height: 128 }
  expect(centredArea(picture, pack, 1 / 64)).toEqual({ x: 56, y: 56, width: 16, height: 16 })
  expect(centredArea(picture, pack, 1 / 16)).toEqual({ x: 48, y: 48, width: 32, height: 32 })
  expect(centredArea(picture, pack, 1 / 4)).toEqual({ x: 32, y: 32, width: 64, height: 64 })
})
