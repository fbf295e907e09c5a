import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { expect, test } from '../pages/pages.ts'
import { countChanges, cutPicture, findDifference, readPicture, readPictureFile, readPictureId } from '../pages/picture.ts'
import { RUN_WITHIN } from '../pages/timings.ts'

test.setTimeout(300_000)

// Points in the middle of pixels: a screen pixel more or less then hits the same one.

test('repainting changes what was painted over and not one byte outside of it', async ({ remask, start, photo, inFolder }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, tray } = editor
  await editor.chooseTool('brush')
  await editor.canvas.drag([70, 70], [110, 90])
  const before = await readPicture(remask)
  const saved = await remask.running.answerSaveDialog(inFolder('mask.png'))
  await editor.chooseInMaskMenu('mask.save')
  await saved()
  const mask = await readPictureFile(inFolder('mask.png'))

  await promptBox.setCount(2)
  await promptBox.ask('a rainbow')
  await tray.waitUntilDone(2)
  await expect(tray.receipt).toHaveText(/^\d+(\.\d)? % of your picture untouched, checked$/)
  await tray.accept(1)
  await editor.expectUndo('accept-inpaint')
  await expect.poll(async () => (await readPicture(remask)).data.equals(before.data)).toBe(false)

  const after = await readPicture(remask)
  const changed = countChanges(before, after, mask)
  expect(changed.outside).toBe(0)
  expect(changed.inside).toBeGreaterThan(1000)

  await editor.undo()
  await expect.poll(async () => (await readPicture(remask)).data.equals(before.data)).toBe(true)
  await expect(tray.candidate(1)).toBeVisible()
  await tray.dismiss.click()
  await expect(promptBox.words('repaint')).toBeVisible()
})

test('a candidate is accepted into the picture as it is now, cropped meanwhile', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const before = await readPicture(remask)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([40.5, 40.5], [99.5, 99.5])
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('night')
  await editor.tray.waitUntilDone(1)
  await editor.chooseTool('frame')
  await editor.canvas.drag([256, 96], [200, 96])
  await editor.press('Enter')
  await editor.expectUndo('crop')
  await editor.tray.accept(1)
  await editor.expectUndo('accept-inpaint')
  const after = await readPicture(remask)
  expect(after.height).toBe(192)
  expect(after.width).toBeLessThan(256)
  const cropped = cutPicture(before, after.width, after.height)
  expect(findDifference(cropped, after)).toEqual({ left: 40, top: 40, right: 99, bottom: 99 })
})

test('the receipt says the share of the picture that was not touched', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const before = await readPicture(remask)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([64.5, 64.5], [127.5, 127.5])
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('night')
  await editor.tray.waitUntilDone(1)
  const said = Number.parseFloat((await editor.tray.receipt.textContent()) ?? '')
  await editor.tray.accept(1)
  await expect.poll(async () => (await readPicture(remask)).data.equals(before.data)).toBe(false)
  const after = await readPicture(remask)
  let untouched = 0
  for (let at = 0; at < before.data.length; at += 4) {
    if (before.data.compare(after.data, at, at + 4, at, at + 4) === 0) untouched++
  }
  expect(said).toBe(Math.floor((untouched / (before.width * before.height)) * 1000) / 10)
  expect(findDifference(before, after)).toEqual({ left: 64, top: 64, right: 127, bottom: 127 })
})

test('the token cells that will change light up while painting, and can be hidden', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { element } = editor.canvas
  await editor.press('ControlOrMeta+1')
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([65, 65], [90, 90])
  await expect(editor.promptBox.words('remove')).toBeVisible()
  await remask.page.mouse.move(4, 400)
  await expect(editor.button('view.cells')).toHaveAttribute('aria-pressed', 'true')
  await expect
    .poll(async () => {
      const withCells = await element.screenshot()
      await editor.press('g')
      await remask.page.waitForTimeout(200)
      const without = await element.screenshot()
      await editor.press('g')
      await remask.page.waitForTimeout(200)
      return withCells.equals(without)
    })
    .toBe(false)
})

test('a created picture can be repainted in one place', async ({ remask, start }) => {
  const editor = await start.startNewDocument()
  const { promptBox, tray } = editor
  await promptBox.setCount(1)
  await promptBox.ask('a green meadow')
  await tray.accept(1)
  await expect(promptBox.words('create-again')).toBeVisible()
  await expect.poll(() => readPictureId(remask)).not.toBeNull()
  const before = await readPicture(remask)
  await editor.chooseTool('rectangle')
  // Large enough that the model cannot draw the very same again.
  await editor.canvas.drag([16.5, 16.5], [159.5, 127.5])
  await promptBox.ask('a night sky with fireworks')
  await tray.accept(1)
  await expect.poll(async () => (await readPicture(remask)).data.equals(before.data)).toBe(false)
  const difference = findDifference(before, await readPicture(remask))
  expect(difference).not.toBeNull()
  expect(difference?.left).toBeGreaterThanOrEqual(16)
  expect(difference?.right).toBeLessThan(160)
  expect(difference?.top).toBeGreaterThanOrEqual(16)
  expect(difference?.bottom).toBeLessThan(128)
})

test('holding the key or the button shows the picture as it was before', async ({ remask, start, photo }) => {
  const { page } = remask
  const editor = await start.openPicture(photo)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([64, 64], [192, 128])
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('a desert')
  await editor.tray.waitUntilDone(1)
  await editor.canvas.element.focus()
  await page.keyboard.down('\\')
  await expect(editor.beforeBadge).toBeVisible()
  await page.keyboard.up('\\')
  await expect(editor.beforeBadge).toBeHidden()

  await editor.tray.accept(1)
  const button = page.getByRole('button', { name: CANDIDATE_STRINGS.before })
  const shown = await editor.canvas.element.screenshot()
  await button.hover()
  await page.mouse.down()
  await expect(editor.beforeBadge).toBeVisible()
  await expect.poll(async () => (await editor.canvas.element.screenshot()).equals(shown)).toBe(false)
  await page.mouse.up()
  await expect(editor.beforeBadge).toBeHidden()
})

test('while candidates are open the mask can be painted on, and accepting still changes only what was asked for', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const before = await readPicture(remask)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([32.5, 32.5], [95.5, 95.5])
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('a lake')
  await editor.canvas.drag([160, 100], [220, 160])
  await expect(editor.undoButton).toHaveAccessibleName('Undo: Mask rectangle', RUN_WITHIN)
  await editor.tray.accept(1)
  await expect.poll(async () => (await readPicture(remask)).data.equals(before.data)).toBe(false)
  expect(findDifference(before, await readPicture(remask))).toEqual({ left: 32, top: 32, right: 95, bottom: 95 })
})
