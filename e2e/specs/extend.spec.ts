import { expect, test } from '../pages/pages.ts'
import { type Picture, readPicture } from '../pages/picture.ts'
import sharp from 'sharp'
import { RUN_WITHIN } from '../pages/timings.ts'

test.setTimeout(300_000)

// The photo is 256 × 192 pixels. With Ctrl the frame goes where it is dragged; without, it snaps to token cells.

test('a frame dragged to the right extends the picture there and keeps it whole', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const before = await readPicture(remask)
  await editor.chooseTool('frame')
  await editor.canvas.dragWith('Control', [256, 96], [304, 96])
  await expect(editor.promptBox.words('extend')).toBeVisible()
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('a green meadow')
  await editor.tray.waitUntilDone(1)
  await expect(editor.tray.receipt).toHaveText('100 % of your picture untouched, checked')
  const { zoom, centreX, centreY, box } = await editor.canvas.readView()
  const clip = {
    x: box.x + box.width / 2 + (260 - centreX) * zoom,
    y: box.y + box.height / 2 + (20 - centreY) * zoom,
    width: 40 * zoom,
    height: 60 * zoom,
  }
  const shown = await meanOf(await remask.page.screenshot({ clip }))
  await editor.tray.accept(1)
  await expect.poll(() => readSize(remask)).toEqual([304, 192])
  const after = await readPicture(remask)
  expect((await cut(after, 0, 0, 256, 192)).equals(before.data)).toBe(true)
  // What the frame adds was shown as it is, with no tint over it.
  const added = await meanOf(await sharp(after.data, { raw: { width: after.width, height: after.height, channels: 4 } })
    .extract({ left: 260, top: 20, width: 40, height: 60 }).png().toBuffer())
  for (const [i, mean] of shown.entries()) expect(Math.abs(mean - added[i]!)).toBeLessThan(3)
  await editor.undo()
  await expect.poll(() => readSize(remask)).toEqual([256, 192])
  await editor.redo()
  await expect.poll(() => readSize(remask)).toEqual([304, 192])
})

test('a frame dragged to the left extends the picture there', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const before = await readPicture(remask)
  await editor.chooseTool('frame')
  await editor.canvas.dragWith('Control', [0, 96], [-40, 96])
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('a forest')
  await editor.tray.accept(1)
  await expect.poll(() => readSize(remask)).toEqual([296, 192])
  expect((await cut(await readPicture(remask), 40, 0, 256, 192)).equals(before.data)).toBe(true)
})

test('mask and frame are worked in one go: what lies outside both stays', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const before = await readPicture(remask)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([200.5, 64.5], [255.5, 127.5])
  await editor.chooseTool('frame')
  await editor.canvas.dragWith('Control', [256, 30], [288, 30])
  await expect(editor.promptBox.words('extend', { isMasked: true, sides: [] })).toBeVisible()
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('the sea')
  await editor.tray.accept(1)
  await expect.poll(() => readSize(remask)).toEqual([288, 192])
  const after = await readPicture(remask)
  expect((await cut(after, 0, 0, 200, 192)).equals(await cut(before, 0, 0, 200, 192))).toBe(true)
  expect((await cut(after, 200, 64, 56, 64)).equals(await cut(before, 200, 64, 56, 64))).toBe(false)
  await editor.undo()
  await expect.poll(() => readSize(remask)).toEqual([256, 192])
})

test('a frame inside the picture crops it, without any model, and can be undone', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const before = await readPicture(remask)
  await editor.chooseTool('frame')
  await editor.canvas.dragWith('Control', [256, 60], [200, 60])
  await editor.canvas.dragWith('Control', [100, 0], [100, 48])
  await expect(editor.promptBox.words('crop')).toBeVisible()
  await editor.press('Enter')
  await editor.expectUndo('crop')
  await expect.poll(() => readSize(remask)).toEqual([200, 144])
  expect((await readPicture(remask)).data.equals(await cut(before, 0, 48, 200, 144))).toBe(true)
  await editor.undo()
  await expect.poll(() => readSize(remask)).toEqual([256, 192])
  await editor.redo()
  await expect.poll(() => readSize(remask)).toEqual([200, 144])
})

test('a picture can be extended again and again, also after a crop', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.promptBox.setCount(1)
  await editor.chooseTool('frame')
  await editor.canvas.dragWith('Control', [0, 60], [48, 60])
  await editor.press('Enter')
  await expect.poll(() => readSize(remask)).toEqual([208, 192])
  const cropped = await readPicture(remask)
  await editor.canvas.dragWith('Control', [48, 60], [16, 60])
  await editor.promptBox.ask('a forest')
  await editor.tray.accept(1)
  await expect.poll(() => readSize(remask), RUN_WITHIN).toEqual([240, 192])
  expect((await cut(await readPicture(remask), 32, 0, 208, 192)).equals(cropped.data)).toBe(true)
})

async function readSize(remask: Parameters<typeof readPicture>[0]): Promise<[number, number]> {
  const { width, height } = await readPicture(remask)
  return [width, height]
}

function cut({ width, height, data }: Picture, left: number, top: number, cutWidth: number, cutHeight: number): Promise<Buffer> {
  const image = sharp(data, { raw: { width, height, channels: 4 } })
  return image.extract({ left, top, width: cutWidth, height: cutHeight }).raw().toBuffer()
}

/** Red, green and blue, 0–255. */
async function meanOf(file: Buffer): Promise<number[]> {
  return (await sharp(file).removeAlpha().stats()).channels.map(({ mean }) => mean)
}
