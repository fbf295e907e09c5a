import { CANVAS_STRINGS } from '../../electron/api/strings/canvas.ts'
import { COMMAND_LABELS } from '../../electron/api/strings/menu.ts'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import type { Editor } from '../pages/editor.ts'
import { expect, test } from '../pages/pages.ts'
import { type Picture, readPictureFile } from '../pages/picture.ts'
import type { Remask } from '../harness/remask.ts'

// The photo is 256 × 192 pixels.

test('the brush paints where it was drawn, in one step that can be undone and done again', async ({ remask, start, photo, inFolder }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('brush')
  await setBrushSize(remask, 20)
  await editor.canvas.drag([60, 60], [120, 60])
  await editor.expectUndo('paint-mask')
  await expect(editor.promptBox.words('remove')).toBeVisible()
  const mask = await saveMask(remask, editor, inFolder('mask.png'))
  expect(mask).toMatchObject({ width: 256, height: 192 })
  expect(valueAt(mask, 60, 60)).toBe(255)
  expect(valueAt(mask, 90, 60)).toBe(255)
  expect(valueAt(mask, 90, 85)).toBe(0)
  expect(valueAt(mask, 150, 60)).toBe(0)

  await editor.undo()
  await editor.expectUndo('place-picture')
  await expect(editor.promptBox.words('retouch')).toBeVisible()
  await editor.redo()
  await editor.expectUndo('paint-mask')
  expect((await saveMask(remask, editor, inFolder('again.png'))).data.equals(mask.data)).toBe(true)
})

test('the eraser takes paint away', async ({ remask, start, photo, inFolder }) => {
  const editor = await start.openPicture(photo)
  await editor.press('ControlOrMeta+a')
  await editor.expectUndo('fill-mask')
  await editor.chooseTool('eraser')
  await setBrushSize(remask, 20)
  await editor.canvas.drag([60, 60], [120, 60])
  await editor.expectUndo('erase-mask')
  const mask = await saveMask(remask, editor, inFolder('mask.png'))
  expect(valueAt(mask, 90, 60)).toBe(0)
  expect(valueAt(mask, 90, 100)).toBe(255)
  await editor.undo()
  await editor.expectRedo('erase-mask')
  expect(valueAt(await saveMask(remask, editor, inFolder('before.png')), 90, 60)).toBe(255)
})

test('a rectangle masks what was dragged over, and with Alt unmasks it', async ({ remask, start, photo, inFolder }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([40, 40], [140, 120])
  await editor.expectUndo('mask-rectangle')
  await editor.canvas.dragWith('Alt', [80, 40], [140, 80])
  await editor.expectUndo('unmask-rectangle')
  const mask = await saveMask(remask, editor, inFolder('mask.png'))
  expect(valueAt(mask, 60, 60)).toBe(255)
  expect(valueAt(mask, 100, 60)).toBe(0)
  expect(valueAt(mask, 100, 100)).toBe(255)
  expect(valueAt(mask, 30, 60)).toBe(0)
  await editor.undo()
  await editor.expectRedo('unmask-rectangle')
  await editor.undo()
  await editor.expectRedo('mask-rectangle')
  await editor.redo()
  await editor.redo()
  expect((await saveMask(remask, editor, inFolder('again.png'))).data.equals(mask.data)).toBe(true)
})

test('the lasso masks what was drawn around', async ({ remask, start, photo, inFolder }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('lasso')
  await editor.canvas.drag([60, 40], [180, 40], [120, 160], [60, 40])
  await editor.expectUndo('mask-lasso')
  const mask = await saveMask(remask, editor, inFolder('mask.png'))
  expect(valueAt(mask, 120, 80)).toBe(255)
  expect(valueAt(mask, 60, 140)).toBe(0)
  await editor.undo()
  await editor.expectRedo('mask-lasso')
  await editor.redo()
  await editor.expectUndo('mask-lasso')
})

test('the mask is inverted, filled, cleared and brought back, each in one step', async ({ remask, start, photo, inFolder }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([40, 40], [140, 120])

  await editor.press('ControlOrMeta+Shift+i')
  await editor.expectUndo('invert-mask')
  const inverted = await saveMask(remask, editor, inFolder('inverted.png'))
  expect([valueAt(inverted, 60, 60), valueAt(inverted, 10, 10)]).toEqual([0, 255])

  await editor.press('ControlOrMeta+a')
  await editor.expectUndo('fill-mask')
  expect(new Set((await saveMask(remask, editor, inFolder('all.png'))).data)).toEqual(new Set([255]))

  await editor.press('ControlOrMeta+d')
  await editor.expectUndo('clear-mask')
  await expect(editor.promptBox.words('retouch')).toBeVisible()

  await editor.press('ControlOrMeta+Shift+d')
  await editor.expectUndo('restore-mask')
  await expect(editor.promptBox.words('remove')).toBeVisible()

  for (const label of ['restore-mask', 'clear-mask', 'fill-mask', 'invert-mask'] as const) {
    await editor.undo()
    await editor.expectRedo(label)
  }
  const rectangle = await saveMask(remask, editor, inFolder('rectangle.png'))
  expect([valueAt(rectangle, 60, 60), valueAt(rectangle, 10, 10)]).toEqual([255, 0])
})

test('the mask grows and shrinks', async ({ remask, start, photo, inFolder }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([80, 80], [140, 120])
  await editor.chooseInMaskMenu('mask.grow')
  await editor.expectUndo('grow-mask')
  const grown = await saveMask(remask, editor, inFolder('grown.png'))
  expect([valueAt(grown, 75, 100), valueAt(grown, 60, 100)]).toEqual([255, 0])
  await editor.undo()
  await editor.expectRedo('grow-mask')
  await editor.press('Shift+BracketLeft')
  await editor.expectUndo('shrink-mask')
  const shrunk = await saveMask(remask, editor, inFolder('shrunk.png'))
  expect([valueAt(shrunk, 84, 100), valueAt(shrunk, 110, 100)]).toEqual([0, 255])
  await editor.undo()
  await editor.expectRedo('shrink-mask')
})

test('the mask can be hidden and shown', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.press('ControlOrMeta+a')
  const { element } = editor.canvas
  const button = editor.button('mask.toggle-visible')
  await remask.page.mouse.move(2, 2)
  const shown = await element.screenshot()
  await editor.press('m')
  await expect(button).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(async () => (await element.screenshot()).equals(shown)).toBe(false)
  await editor.press('m')
  await expect(button).toHaveAttribute('aria-pressed', 'true')
})

test('what the keyboard and the pen did is said aloud', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.press('ControlOrMeta+a')
  await expect(remask.page.getByText(CANVAS_STRINGS.masked('100 %'))).toBeAttached()
  await editor.press('ControlOrMeta+d')
  await expect(remask.page.getByText(CANVAS_STRINGS.nothingMasked)).toBeAttached()
})

test('[ and ] change the size of the brush', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('brush')
  const size = remask.page.getByRole('slider', { name: TOOL_STRINGS.size })
  await expect(size).toHaveAttribute('aria-valuetext', TOOL_STRINGS.sizeValue(64))
  await editor.press(']')
  await expect(size).toHaveAttribute('aria-valuetext', TOOL_STRINGS.sizeValue(77))
  await editor.press('[', '[')
  await expect(size).toHaveAttribute('aria-valuetext', TOOL_STRINGS.sizeValue(53))
})

test('hardness softens the edge of a stroke', async ({ remask, start, photo, inFolder }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('brush')
  const hardness = remask.page.getByRole('slider', { name: TOOL_STRINGS.hardness })
  await hardness.press('Home')
  await editor.canvas.drag([128, 96], [130, 96])
  const mask = await saveMask(remask, editor, inFolder('soft.png'))
  expect(valueAt(mask, 129, 96)).toBeGreaterThan(200)
  const edge = valueAt(mask, 129, 96 + 22)
  expect(edge).toBeGreaterThan(0)
  expect(edge).toBeLessThan(200)
})

test('Escape gives up a stroke that has begun', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('brush')
  const stroke = await editor.canvas.hold([60, 60], [120, 60])
  await remask.page.keyboard.press('Escape')
  await stroke.finish()
  await editor.expectUndo('place-picture')
})

test('a frame dragged beyond the picture is for extending, dragged inside for cropping', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('frame')
  await editor.canvas.drag([256, 96], [320, 96])
  await editor.expectUndo('set-frame')
  await expect(editor.promptBox.words('extend')).toBeVisible()
  await editor.undo()
  await expect(editor.promptBox.words('retouch')).toBeVisible()
  await editor.canvas.drag([256, 96], [200, 96])
  await expect(editor.promptBox.words('crop')).toBeVisible()
  await remask.page.getByRole('button', { name: TOOL_STRINGS.resetFrame }).click()
  await editor.expectUndo('clear-frame')
  await expect(editor.promptBox.words('retouch')).toBeVisible()
  await editor.undo()
  await expect(editor.promptBox.words('crop')).toBeVisible()
})

test('the view is zoomed with the wheel and keys, moved with Space and the hand, and fitted again', async ({ remask, start, photo }) => {
  const { page } = remask
  const editor = await start.openPicture(photo)
  const { canvas } = editor
  const fitted = await canvas.readView()

  await canvas.turnWheel([100, 100], 2)
  const zoomed = await canvas.readView()
  expect(zoomed.zoom).toBeGreaterThan(fitted.zoom * 1.2)

  await editor.press('ControlOrMeta+1')
  await expect(editor.zoom).toHaveText('100 %')
  await editor.press('ControlOrMeta+=')
  await expect(editor.zoom).toHaveText('125 %')
  await editor.press('ControlOrMeta+-')
  await expect(editor.zoom).toHaveText('100 %')

  const still = await canvas.readView()
  await canvas.element.focus()
  await page.keyboard.down(' ')
  await canvas.panBy(50, 30)
  await page.keyboard.up(' ')
  const panned = await canvas.readView()
  expect([panned.centreX, panned.centreY]).toEqual([still.centreX - 50, still.centreY - 30])

  await editor.chooseTool('pan')
  await canvas.panBy(-50, -30)
  const back = await canvas.readView()
  expect([back.centreX, back.centreY]).toEqual([still.centreX, still.centreY])

  await editor.press('ControlOrMeta+0')
  const again = await canvas.readView()
  expect(again.zoom).toBeCloseTo(fitted.zoom)
  expect(again.centreX).toBeCloseTo(fitted.centreX)
  // Looking around is nothing to undo.
  await editor.expectUndo('place-picture')
})

test('every tool has its key', async ({ start, photo }) => {
  const editor = await start.openPicture(photo)
  const keys = { b: 'tool.brush', e: 'tool.eraser', r: 'tool.rectangle', l: 'tool.lasso', f: 'tool.frame', h: 'tool.pan' } as const
  for (const [key, command] of Object.entries(keys)) {
    await editor.press(key)
    await expect(editor.button(command), COMMAND_LABELS[command]).toHaveAttribute('aria-pressed', 'true')
  }
})

test('a mask can be saved as a picture and loaded again', async ({ remask, start, photo, inFolder }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('lasso')
  await editor.canvas.drag([60, 40], [180, 40], [120, 160], [60, 40])
  const saved = await saveMask(remask, editor, inFolder('mask.png'))
  await editor.press('ControlOrMeta+d')
  await remask.running.answerOpenDialog([inFolder('mask.png')])
  await editor.chooseInMaskMenu('mask.load')
  await editor.expectUndo('load-mask')
  const loaded = await saveMask(remask, editor, inFolder('loaded.png'))
  expect(loaded.data.equals(saved.data)).toBe(true)
})

function valueAt({ width, data }: Picture, x: number, y: number): number | undefined {
  return data[(y * width + x) * 4]
}

async function saveMask(remask: Remask, editor: Editor, file: string): Promise<Picture> {
  const saved = await remask.running.answerSaveDialog(file)
  await editor.chooseInMaskMenu('mask.save')
  await saved()
  return readPictureFile(file)
}

/** By the slider's keys: it goes by powers of two, in steps of a twentieth. */
async function setBrushSize(remask: Remask, size: number): Promise<void> {
  const slider = remask.page.getByRole('slider', { name: TOOL_STRINGS.size })
  await slider.press('Home')
  const stepCount = Math.round(Math.log2(size) * 20)
  for (let step = 0; step < Math.floor(stepCount / 10); step++) await slider.press('Shift+ArrowRight')
  for (let step = 0; step < stepCount % 10; step++) await slider.press('ArrowRight')
  await expect(slider).toHaveAttribute('aria-valuetext', new RegExp(`^${size} `))
}
