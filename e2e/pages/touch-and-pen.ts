import type { Page } from '@playwright/test'

interface ScreenPoint {
  readonly x: number
  readonly y: number
}

/** Two fingers on the screen, from their first places to their last. */
export async function pinch(page: Page, from: readonly [ScreenPoint, ScreenPoint], to: readonly [ScreenPoint, ScreenPoint]): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly ScreenPoint[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(({ x, y }, id) => ({ x, y, id })) })
  await touch('touchStart', from.slice(0, 1))
  await touch('touchStart', from)
  const STEPS = 8
  for (let step = 1; step <= STEPS; step++) {
    const between = (i: 0 | 1) => ({
      x: from[i].x + ((to[i].x - from[i].x) * step) / STEPS,
      y: from[i].y + ((to[i].y - from[i].y) * step) / STEPS,
    })
    await touch('touchMove', [between(0), between(1)])
  }
  await touch('touchEnd', [])
  await devtools.detach()
}

/** A line drawn with a pen, pressed ever harder. @param pressures  of its points, 0–1. */
export async function drawWithPen(page: Page, from: ScreenPoint, to: ScreenPoint, pressures: readonly number[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const last = pressures.length - 1
  for (const [i, force] of pressures.entries()) {
    const x = from.x + ((to.x - from.x) * i) / last
    const y = from.y + ((to.y - from.y) * i) / last
    const event = { x, y, force, pointerType: 'pen' as const, button: 'left' as const, buttons: 1 }
    if (i === 0) await devtools.send('Input.dispatchMouseEvent', { ...event, type: 'mousePressed', clickCount: 1 })
    else await devtools.send('Input.dispatchMouseEvent', { ...event, type: 'mouseMoved' })
    if (i === last) await devtools.send('Input.dispatchMouseEvent', { ...event, type: 'mouseReleased', buttons: 0, clickCount: 1 })
  }
  await devtools.detach()
}
