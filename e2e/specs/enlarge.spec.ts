import type { Page } from '@playwright/test'
import sharp from 'sharp'
import type { Editor } from '../pages/editor.ts'
import { expect, test } from '../pages/pages.ts'
import { readPicture } from '../pages/picture.ts'
import type { Remask } from '../harness/remask.ts'

test.setTimeout(300_000)

const [WIDTH, HEIGHT] = [256, 192]
const QUARTERS = [['#c02020', 0, 0], ['#20a040', WIDTH / 2, 0], ['#2040c0', 0, HEIGHT / 2], ['#e0c020', WIDTH / 2, HEIGHT / 2]] as const
/** In the middle of each quarter, image pixels. */
const SPOTS = QUARTERS.map(([, left, top]) => [left + WIDTH / 4, top + HEIGHT / 4] as const)
/** Screen pixels along a spot's side. */
const SPOT = 24

async function drawQuarters(file: string): Promise<void> {
  const input = (background: string) => ({ create: { width: WIDTH / 2, height: HEIGHT / 2, channels: 3 as const, background } })
  const canvas = sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: 'black' } })
  await canvas.composite(QUARTERS.map(([colour, left, top]) => ({ input: input(colour), left, top }))).png().toFile(file)
}

interface Place {
  readonly x: number
  readonly y: number
}

async function findSpots({ canvas }: Editor): Promise<Place[]> {
  const { zoom, centreX, centreY, box } = await canvas.readView()
  return SPOTS.map(([x, y]) => ({ x: box.x + box.width / 2 + (x - centreX) * zoom - SPOT / 2, y: box.y + box.height / 2 + (y - centreY) * zoom - SPOT / 2 }))
}

/** Mean colours of places on the screen. */
async function readColours(page: Page, places: readonly Place[]): Promise<number[][]> {
  const colours: number[][] = []
  for (const place of places) {
    const { channels } = await sharp(await page.screenshot({ clip: { ...place, width: SPOT, height: SPOT } })).stats()
    colours.push(channels.slice(0, 3).map(({ mean }) => mean))
  }
  return colours
}

/** A tokenizer keeps a plain colour about as it was. */
async function expectSame({ page }: Remask, places: readonly Place[], wanted: readonly number[][]): Promise<void> {
  await expect(async () => {
    const colours = await readColours(page, places)
    for (const [i, colour] of colours.entries()) for (const [c, value] of colour.entries()) expect(Math.abs(value - wanted[i]![c]!)).toBeLessThan(40)
  }).toPass()
}

for (const isFitted of [true, false]) {
  test(`an enlarged candidate is seen as large and where it was, accepted or not, ${isFitted ? 'fitted into the window' : 'zoomed in'}`, async ({ remask, start, inFolder }) => {
    await drawQuarters(inFolder('quarters.png'))
    const editor = await start.openPicture(inFolder('quarters.png'))
    const { promptBox, tray, canvas } = editor
    await promptBox.setCount(1)
    await promptBox.choose('upscale')
    await promptBox.setSteps(2)
    if (!isFitted) await canvas.turnWheel([100, 70], 1)
    const view = await canvas.readView()
    const places = await findSpots(editor)
    const colours = await readColours(remask.page, places)

    await promptBox.input.press('Enter')
    await tray.waitUntilDone(1)
    await remask.page.mouse.move(4, 400)
    await expectSame(remask, places, colours)
    expect((await canvas.readView()).zoom).toBe(view.zoom)
    await remask.page.screenshot({ path: test.info().outputPath('candidate.png') })

    await tray.accept(1)
    await editor.expectUndo('accept-upscale')
    await remask.page.mouse.move(4, 400)
    await expectSame(remask, places, colours)
    const after = await canvas.readView()
    expect(after.zoom).toBeCloseTo(view.zoom / 2)
    expect(after.centreX).toBeCloseTo(view.centreX * 2)
    expect((await readPicture(remask)).width).toBe(2 * WIDTH)
    await editor.canvas.element.focus()
    await remask.page.keyboard.down('\\')
    await expect(editor.beforeBadge).toBeVisible()
    await expectSame(remask, places, colours)
    await remask.page.keyboard.up('\\')

    await editor.undo()
    await editor.expectUndo('start-run')
    await expectSame(remask, places, colours)
    expect((await canvas.readView()).zoom).toBeCloseTo(view.zoom)
  })
}
