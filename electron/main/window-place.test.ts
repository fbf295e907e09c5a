import { expect, it } from 'vitest'
import { placeWindow } from './window-place.ts'

const screen = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: 0, width: 1280, height: 1000 }
const place = { x: 2000, y: 40, width: 1000, height: 700, isMaximized: false }

it('opens the first time in the middle of the first screen', () => {
  expect(placeWindow(undefined, [screen, second])).toEqual({ x: 280, y: 90, width: 1360, height: 860, isMaximized: false })
})

it('opens where it was', () => {
  expect(placeWindow(place, [screen, second])).toEqual(place)
  expect(placeWindow({ ...place, isMaximized: true }, [screen, second]).isMaximized).toBe(true)
})

it('comes back to the first screen when its own is gone', () => {
  expect(placeWindow(place, [screen])).toMatchObject({ x: 280, y: 90 })
})

it('comes back when its title bar cannot be reached', () => {
  expect(placeWindow({ ...place, x: 100, y: -200 }, [screen])).toMatchObject({ y: 90 })
  expect(placeWindow({ ...place, x: -970, y: 40 }, [screen])).toMatchObject({ x: 280 })
})

it('is no larger than the screen and no smaller than its panels', () => {
  expect(placeWindow({ ...place, x: 0, width: 5000, height: 10 }, [screen])).toMatchObject({ width: 1920, height: 560 })
})
