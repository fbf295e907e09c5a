import { expect, test } from '../pages/pages.ts'

test.setTimeout(240_000)

// The photo is 256 × 192 pixels. With Ctrl the frame goes where it is dragged.

test('an empty document is for creating', async ({ start }) => {
  const { promptBox } = await start.startNewDocument()
  await expect(promptBox.words('document-empty')).toBeVisible()
  await expect(promptBox.startButton('document-empty')).toBeEnabled()
})

test('a created picture is created again in the same document', async ({ remask, start }) => {
  const editor = await start.startNewDocument()
  const { promptBox, tray } = editor
  const { id } = editor
  await promptBox.setCount(1)
  await promptBox.ask('a beach')
  await tray.accept(1)
  await expect(promptBox.words('picture-created')).toBeVisible()
  await promptBox.input.press('Enter')
  await tray.accept(1)
  expect(editor.id).toBe(id)
  await expect(promptBox.words('picture-created')).toBeVisible()
  await expect((await editor.openHistory()).entry('accept-candidate')).toHaveCount(2)
  expect(await remask.fetchJson<unknown[]>('documents')).toHaveLength(1)
})

test('beside an opened photo a prompt makes a new document, and the box says how to edit this one', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { id } = editor
  await expect(editor.promptBox.words('picture-opened')).toBeVisible()
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('a beach')
  await expect.poll(() => editor.id).not.toBe(id)
  await editor.tray.accept(1)
  await expect(editor.promptBox.words('picture-created')).toBeVisible()
  expect(await remask.fetchJson<unknown[]>('documents')).toHaveLength(2)
})

test('mask and frame say repaint, extend, both, crop; undo goes back through the same words', async ({ start, photo }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, canvas } = editor
  await editor.chooseTool('rectangle')
  await canvas.drag([40, 40], [100, 100])
  await expect(promptBox.words('mask-painted')).toBeVisible()
  await editor.chooseTool('frame')
  await canvas.dragWith('Control', [256, 60], [304, 60])
  await expect(promptBox.words('frame-beyond-and-mask')).toBeVisible()
  await canvas.dragWith('Control', [0, 60], [48, 60])
  await expect(promptBox.words('frame-beyond-and-inside')).toBeVisible()
  await editor.press('ControlOrMeta+d')
  await expect(promptBox.words('frame-beyond-and-inside')).toBeVisible()
  await canvas.dragWith('Control', [304, 60], [208, 60])
  await expect(promptBox.words('frame-inside')).toBeVisible()
  await editor.undo()
  await editor.undo()
  await editor.undo()
  await expect(promptBox.words('frame-beyond-and-mask')).toBeVisible()
  await editor.undo()
  await expect(promptBox.words('mask-painted')).toBeVisible()
  await editor.undo()
  await expect(promptBox.words('picture-opened')).toBeVisible()
})

test('the button does what the words say', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('frame')
  await editor.canvas.dragWith('Control', [256, 60], [200, 60])
  await editor.promptBox.startButton('frame-inside').click()
  await editor.expectUndo('crop')
  await expect(remask.page.getByText('200 × 192')).toBeAttached()
})

test('Enter on the canvas starts it, Shift+Enter in the box is a new line', async ({ start }) => {
  const editor = await start.startNewDocument()
  const { promptBox, tray } = editor
  await promptBox.setCount(1)
  await promptBox.input.fill('a beach')
  await promptBox.input.press('Shift+Enter')
  await promptBox.input.pressSequentially('at night')
  await expect(promptBox.input).toHaveValue('a beach\nat night')
  await editor.press('Enter')
  await tray.accept(1)
})
