import { expect, test } from '../pages/pages.ts'

test.setTimeout(240_000)

// The photo is 256 × 192 pixels. With Ctrl the frame goes where it is dragged.

test('an empty document is for creating', async ({ start }) => {
  const { promptBox } = await start.startNewDocument()
  await expect(promptBox.words('create')).toBeVisible()
  await expect(promptBox.startButton('create')).toBeEnabled()
})

test('a created picture is created again in the same document', async ({ remask, start }) => {
  const editor = await start.startNewDocument()
  const { promptBox, tray } = editor
  const { id } = editor
  await promptBox.setCount(1)
  await promptBox.ask('a beach')
  await tray.accept(1)
  await expect(promptBox.words('create-again')).toBeVisible()
  await promptBox.input.press('Enter')
  await tray.accept(1)
  expect(editor.id).toBe(id)
  await expect(promptBox.words('create-again')).toBeVisible()
  await expect((await editor.openHistory()).entry('accept-generate')).toHaveCount(2)
  expect(await remask.fetchJson<unknown[]>('documents')).toHaveLength(1)
})

test('an opened photo is changed by words alone; creating in a new document is one key away', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { promptBox } = editor
  const { id } = editor
  await expect(promptBox.words('retouch')).toBeVisible()
  await promptBox.input.press('Enter')
  await expect(promptBox.input).toBeFocused()
  await expect(promptBox.missingWords('retouch')).toBeVisible()
  await promptBox.setCount(1)
  await promptBox.input.fill('a beach')
  await promptBox.input.press('Alt+ArrowUp')
  await expect(promptBox.words('create-in-new-document')).toBeVisible()
  await promptBox.input.press('Enter')
  await expect.poll(() => editor.id).not.toBe(id)
  await editor.tray.accept(1)
  await expect(promptBox.words('create-again')).toBeVisible()
  expect(await remask.fetchJson<unknown[]>('documents')).toHaveLength(2)
})

test('words turn removing into replacing; a switch holds until the canvas asks for something else', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, canvas } = editor
  const masked = { isMasked: true, sides: [] }
  await editor.chooseTool('rectangle')
  await canvas.drag([40, 40], [100, 100])
  await expect(promptBox.words('remove')).toBeVisible()
  await promptBox.input.fill('a lake 🏔 am Abend, 湖')
  await expect(promptBox.words('repaint')).toBeVisible()
  await promptBox.choose('vary', masked)
  await expect(promptBox.input).toBeFocused()
  await promptBox.input.fill('')
  await expect(promptBox.words('vary', masked)).toBeVisible()
  await editor.press('ControlOrMeta+d')
  await expect(promptBox.words('retouch')).toBeVisible()
  await editor.undo()
  await expect(promptBox.words('vary', masked)).toBeVisible()

  await editor.press('ControlOrMeta+e')
  await expect(promptBox.offer('repaint')).toBeVisible()
  await remask.page.keyboard.press('2')
  await expect(promptBox.words('remove')).toBeVisible()
  await promptBox.input.press('Alt+ArrowDown')
  await expect(promptBox.words('replace-background', masked)).toBeVisible()
  await promptBox.input.press('Alt+ArrowUp')
  await promptBox.input.press('Alt+ArrowUp')
  await expect(promptBox.words('repaint')).toBeVisible()
})

test('mask and frame say remove, extend, both, crop; undo goes back through the same words', async ({ start, photo }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, canvas } = editor
  await editor.chooseTool('rectangle')
  await canvas.drag([40, 40], [100, 100])
  await expect(promptBox.words('remove')).toBeVisible()
  await editor.chooseTool('frame')
  await canvas.dragWith('Control', [256, 60], [304, 60])
  await expect(promptBox.words('extend', { isMasked: true, sides: [] })).toBeVisible()
  await canvas.dragWith('Control', [0, 60], [48, 60])
  await expect(promptBox.words('extend', { isMasked: true, sides: [] })).toBeVisible()
  await editor.press('ControlOrMeta+d')
  await expect(promptBox.words('extend')).toBeVisible()
  await canvas.dragWith('Control', [304, 60], [208, 60])
  await expect(promptBox.words('crop')).toBeVisible()
  await editor.undo()
  await editor.undo()
  await editor.undo()
  await expect(promptBox.words('extend', { isMasked: true, sides: [] })).toBeVisible()
  await editor.undo()
  await expect(promptBox.words('remove')).toBeVisible()
  await editor.undo()
  await expect(promptBox.words('retouch')).toBeVisible()
})

test('the button does what the words say', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('frame')
  await editor.canvas.dragWith('Control', [256, 60], [200, 60])
  await editor.promptBox.startButton('crop').click()
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

test('Ctrl+↑ and Ctrl+↓ give the word at the caret more weight or less, and undo in the field takes it back', async ({ remask, start }) => {
  const { promptBox } = await start.startNewDocument()
  const { input } = promptBox
  await input.pressSequentially('a beach at night 🌙 夜')
  await input.press('Home')
  for (let i = 0; i < 3; i++) await input.press('ArrowRight')
  await input.press('ControlOrMeta+ArrowUp')
  await expect(input).toHaveValue('a (beach:1.1) at night 🌙 夜')
  await input.press('ControlOrMeta+ArrowUp')
  await expect(input).toHaveValue('a (beach:1.2) at night 🌙 夜')
  await input.press('ControlOrMeta+z')
  await input.press('ControlOrMeta+z')
  await expect(input).toHaveValue('a beach at night 🌙 夜')
  await input.press('End')
  await remask.page.keyboard.press('Shift+Home')
  await input.press('ControlOrMeta+ArrowDown')
  await expect(input).toHaveValue('(a beach at night 🌙 夜:0.9)')
  await input.press('ControlOrMeta+ArrowUp')
  await expect(input).toHaveValue('a beach at night 🌙 夜')
})
