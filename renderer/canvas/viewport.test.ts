import { describe, expect, it } from 'vitest'
import { fitTo, keepInSight, MAX_ZOOM, MIN_ZOOM, panBy, toDeviceMap, toDeviceRect, toImage, toPictureMap, toScreen, visiblePixels, zoomAt } from './viewport.ts'
import { createViewportStore } from './viewport-store.ts'

const VIEW = { zoom: 0.5, centre: { x: 300, y: 200 }, canvasSize: { width: 800, height: 600 } }
const NO_INSETS = { top: 0, right: 0, bottom: 0, left: 0 }
const PICTURE = { x: -100, y: 0, width: 4000, height: 2000 }

describe('viewport', () => {
  it('goes from image to screen and back', () => {
    const point = { x: -17.5, y: 903 }
    expect(toImage(VIEW, toScreen(VIEW, point))).toEqual(point)
    expect(toScreen(VIEW, VIEW.centre)).toEqual({ xScreen: 400, yScreen: 300 })
  })

  it('zooms at the cursor', () => {
    const anchor = { xScreen: 123, yScreen: 456 }
    const before = toImage(VIEW, anchor)
    const after = toImage(zoomAt(VIEW, 3, anchor), anchor)
    expect(after.x).toBeCloseTo(before.x)
    expect(after.y).toBeCloseTo(before.y)
  })

  it('has limits', () => {
    expect(zoomAt(VIEW, 1e9, { xScreen: 0, yScreen: 0 }).zoom).toBe(MAX_ZOOM)
    expect(zoomAt(VIEW, 0, { xScreen: 0, yScreen: 0 }).zoom).toBe(MIN_ZOOM)
  })

  it('fits the picture into what panels leave free', () => {
    const insets = { top: 0, right: 200, bottom: 100, left: 0 }
    const fitted = fitTo(VIEW, PICTURE, insets)
    const from = toScreen(fitted, PICTURE)
    const to = toScreen(fitted, { x: PICTURE.x + PICTURE.width, y: PICTURE.y + PICTURE.height })
    expect(from.xScreen).toBeCloseTo(32)
    expect(to.xScreen).toBeCloseTo(568)
    expect(from.yScreen + to.yScreen).toBeCloseTo(500)
    expect(fitTo({ ...VIEW, canvasSize: { width: 0, height: 0 } }, PICTURE, NO_INSETS).zoom).toBe(MIN_ZOOM)
  })

  it('does not lose the picture however far it is panned', () => {
    const lost = keepInSight(panBy(VIEW, 1e6, -1e6), PICTURE)
    const visible = visiblePixels(toDeviceMap(lost, 1))
    expect(visible.x + visible.width).toBeGreaterThan(PICTURE.x)
    expect(visible.y).toBeLessThan(PICTURE.height)
  })

  it('puts neighbouring tiles edge to edge at any zoom', () => {
    for (let i = 1; i < 200; i++) {
      const map = toDeviceMap({ ...VIEW, zoom: i * 0.0137 }, 1.25)
      const left = toDeviceRect(map, { x: 0, y: 0, width: 256, height: 256 })
      const right = toDeviceRect(map, { x: 256, y: 0, width: 256, height: 256 })
      expect(left.x + left.width).toBe(right.x)
    }
  })

  it('puts an enlarged picture where the one it was made from is', () => {
    const map = toDeviceMap(VIEW, 1)
    const part = { x: -40, y: 60, width: 100, height: 80 }
    const enlarged = { x: -80, y: 120, width: 200, height: 160 }
    expect(toDeviceRect(toPictureMap(map, 2), enlarged)).toEqual(toDeviceRect(map, part))
  })
})

describe('viewport store', () => {
  const open = () => {
    const store = createViewportStore()
    store.resizeCanvas({ width: 800, height: 600 })
    store.setContent(PICTURE)
    return store
  }

  it('keeps the picture fitted while the window is resized, until the user zooms', () => {
    const store = open()
    const fitted = store.getState().zoom
    store.resizeCanvas({ width: 1600, height: 1200 })
    expect(store.getState().zoom).toBeGreaterThan(fitted)
    store.zoomTo(2)
    store.resizeCanvas({ width: 800, height: 600 })
    expect(store.getState().zoom).toBe(2)
    store.fit()
    expect(store.getState().zoom).toBe(fitted)
  })

  it('shows the same of a document that has more pixels now, as large and in the same place', () => {
    const store = open()
    store.zoomTo(2, { xScreen: 100, yScreen: 500 })
    const before = toScreen(store.getState(), { x: 300, y: 200 })
    store.rescale(2)
    expect(store.getState().zoom).toBe(1)
    expect(toScreen(store.getState(), { x: 600, y: 400 })).toEqual(before)
  })

  it('opens where it was left', () => {
    const store = createViewportStore({ zoom: 3, centre: { x: 5, y: 6 }, tool: 'lasso' })
    store.resizeCanvas({ width: 800, height: 600 })
    store.setContent(PICTURE)
    expect(store.getState()).toMatchObject({ zoom: 3, centre: { x: 5, y: 6 }, tool: 'lasso' })
  })

  it('keeps the brush between 1 and 1000 pixels, and every step changes it', () => {
    const store = open()
    for (let i = 0; i < 99; i++) store.shrinkBrush()
    expect(store.getState().brushSize).toBe(1)
    store.enlargeBrush()
    expect(store.getState().brushSize).toBe(2)
    for (let i = 0; i < 99; i++) store.enlargeBrush()
    expect(store.getState().brushSize).toBe(1000)
    store.setBrush({ size: 5000, hardness: 3 })
    expect(store.getState()).toMatchObject({ brushSize: 1000, brushHardness: 1 })
  })
})
