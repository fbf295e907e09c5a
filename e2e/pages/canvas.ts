import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Locator } from '@playwright/test'
import { type DocumentView, documentViewSchema } from '../../electron/api/documents.ts'
import { CANVAS_STRINGS } from '../../electron/api/strings/canvas.ts'
import { formatPercent } from '../../electron/api/strings/numbers.ts'
import type { Remask } from '../harness/remask.ts'

/** In image pixels of the document. */
export type DocumentPoint = readonly [x: number, y: number]

/** After the last change of the view the window keeps it; a little longer than that. */
const VIEW_KEPT_MS = 600
/** Enough moves for a stroke to be a line and not two dabs. */
const MOVES_PER_LEG = 8

interface View extends DocumentView {
  readonly box: { x: number; y: number; width: number; height: number }
}

/** Gestures on the picture, given in the document's own coordinates and made with the real mouse. */
export class Canvas {
  readonly element: Locator
  readonly #remask: Remask

  constructor(remask: Remask) {
    this.#remask = remask
    this.element = remask.page.getByRole('application', { name: CANVAS_STRINGS.label })
  }

  /** Paints, or drags whatever the tool in hand drags, along the points. */
  async drag(...points: readonly DocumentPoint[]): Promise<void> {
    const view = await this.readView()
    await this.#dragOnScreen(points.map((point) => toScreen(view, point)))
  }

  async dragWith(key: 'Alt' | 'Shift' | 'Control', ...points: readonly DocumentPoint[]): Promise<void> {
    const view = await this.readView()
    await this.#remask.page.keyboard.down(key)
    await this.#dragOnScreen(points.map((point) => toScreen(view, point)))
    await this.#remask.page.keyboard.up(key)
  }

  /** A drag that only begins; `finish` lets the button go. */
  async hold(...points: readonly DocumentPoint[]): Promise<{ finish: () => Promise<void> }> {
    const { mouse } = this.#remask.page
    const view = await this.readView()
    const [first, ...rest] = points.map((point) => toScreen(view, point))
    if (first) await mouse.move(first.x, first.y)
    await mouse.down()
    for (const { x, y } of rest) await mouse.move(x, y, { steps: MOVES_PER_LEG })
    return { finish: () => mouse.up() }
  }

  async point(at: DocumentPoint): Promise<void> {
    const { x, y } = toScreen(await this.readView(), at)
    await this.#remask.page.mouse.move(x, y)
  }

  /** @param notches  away from the user is above 0. */
  async turnWheel(at: DocumentPoint, notches: number): Promise<void> {
    await this.point(at)
    await this.#remask.page.mouse.wheel(0, -100 * notches)
  }

  /** A part of the picture as it is shown, with what lies over it. */
  async shoot({ x, y, width, height }: { x: number; y: number; width: number; height: number }): Promise<Buffer> {
    const view = await this.readView()
    const [from, to] = [toScreen(view, [x, y]), toScreen(view, [x + width, y + height])]
    return this.#remask.page.screenshot({ clip: { ...from, width: to.x - from.x, height: to.y - from.y } })
  }

  /** By how many screen pixels the view moves. */
  async panBy(dx: number, dy: number): Promise<void> {
    const { box } = await this.readView()
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await this.#dragOnScreen([middle, { x: middle.x + dx, y: middle.y + dy }])
  }

  /** The view as the window keeps it, once it has come to rest. */
  async readView(): Promise<View> {
    const { page } = this.#remask
    await expect(this.element).toBeVisible()
    await page.waitForTimeout(VIEW_KEPT_MS)
    let view: DocumentView | undefined
    await expect(async () => {
      view = this.#readKeptView()
      // Undefined until the first change: a second look finds it.
      expect(view).toBeDefined()
      await expect(page.getByTitle(/^Zoom$/)).toHaveText(formatPercent(view?.zoom ?? 0), { timeout: 1000 })
    }).toPass()
    const box = await this.element.boundingBox()
    if (view === undefined || box === null) throw new Error('The canvas is not shown')
    return { ...view, box }
  }

  #readKeptView(): DocumentView | undefined {
    const id = new URL(this.#remask.page.url()).hash.replace('#/documents/', '')
    const file = path.join(this.#remask.dataFolder, 'documents', id, 'view.json')
    return existsSync(file) ? documentViewSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
  }

  async #dragOnScreen(points: readonly { x: number; y: number }[]): Promise<void> {
    const { mouse } = this.#remask.page
    const [first, ...rest] = points
    if (first === undefined) return
    await mouse.move(first.x, first.y)
    await mouse.down()
    for (const { x, y } of rest) await mouse.move(x, y, { steps: MOVES_PER_LEG })
    await mouse.up()
  }
}

function toScreen({ zoom, centreX, centreY, box }: View, [x, y]: DocumentPoint): { x: number; y: number } {
  return { x: box.x + box.width / 2 + (x - centreX) * zoom, y: box.y + box.height / 2 + (y - centreY) * zoom }
}
