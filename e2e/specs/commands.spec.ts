import { CANVAS_STRINGS } from '../../electron/api/strings/canvas.ts'
import { EDITOR_STRINGS } from '../../electron/api/strings/editor.ts'
import { COMMAND_LABELS, MENU_TITLES } from '../../electron/api/strings/menu.ts'
import { PALETTE_STRINGS, SETTINGS_STRINGS, SHORTCUT_STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import { PICTURE_ERRORS } from '../../electron/api/strings/storage.ts'
import { Editor } from '../pages/editor.ts'
import { expect, test } from '../pages/pages.ts'
import { readPictureId } from '../pages/picture.ts'
import { RUN_WITHIN } from '../pages/timings.ts'

test.setTimeout(240_000)

test('the theme is chosen in the settings and stays after a restart', async ({ remask, start }) => {
  await expect(start.prompt).toBeVisible()
  await remask.page.keyboard.press('ControlOrMeta+,')
  const dialog = remask.page.getByRole('dialog', { name: SETTINGS_STRINGS.title })
  for (const theme of ['light', 'dark'] as const) {
    await dialog.getByRole('radio', { name: SETTINGS_STRINGS.themes[theme] }).click()
    await expect(remask.page.locator('html')).toHaveAttribute('data-theme', theme)
  }
  await remask.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect.poll(() => remask.fetchJson('settings')).toMatchObject({ theme: 'dark' })
  await remask.close()
  await remask.open()
  await expect(remask.page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('threads, memory, host and what is written into files are settings', async ({ remask, start }) => {
  await expect(start.prompt).toBeVisible()
  await start.settings.click()
  const dialog = remask.page.getByRole('dialog', { name: SETTINGS_STRINGS.title })
  const threads = dialog.getByRole('spinbutton', { name: SETTINGS_STRINGS.threads })
  await threads.fill('1')
  await threads.press('Enter')
  const memory = dialog.getByRole('spinbutton', { name: SETTINGS_STRINGS.memory })
  await memory.fill('1024')
  await memory.press('Tab')
  await dialog.getByRole('radio', { name: SETTINGS_STRINGS.hosts.browser }).click()
  await dialog.getByRole('switch', { name: SETTINGS_STRINGS.keepRecipe }).click()
  const expected = { threadCount: 1, memoryMiB: 1024, host: 'browser', keepRecipeInFiles: false }
  await expect.poll(() => remask.fetchJson('settings')).toMatchObject(expected)
  await expect(dialog.getByText(remask.dataFolder)).toBeAttached()
})

test('? shows every shortcut, Escape closes the sheet', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.press('Shift+?')
  const sheet = remask.page.getByRole('dialog', { name: SHORTCUT_STRINGS.title })
  await expect(sheet).toBeVisible()
  for (const command of ['edit.undo', 'tool.brush', 'mask.invert', 'view.before', 'candidate.1'] as const) {
    await expect(sheet.getByText(COMMAND_LABELS[command], { exact: true })).toBeVisible()
  }
  await remask.page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
})

test('the palette finds a command by its words and runs it', async ({ remask, start, photo }) => {
  const { page } = remask
  const editor = await start.openPicture(photo)
  await editor.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: PALETTE_STRINGS.label })
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('mask ev')
  await expect(palette.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await editor.expectUndo('fill-mask')
  await editor.press('ControlOrMeta+k')
  await page.keyboard.type('xyzzy')
  await expect(palette.getByText(PALETTE_STRINGS.nothing)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
})

test('the menu runs commands, and shows as disabled what would do nothing', async ({ remask, start, photo }) => {
  test.skip(remask.host === 'desktop', 'the desktop has its own menu bar')
  const { page } = remask
  const editor = await start.openPicture(photo)
  const openMenu = async (title: keyof typeof MENU_TITLES) => {
    await page.getByRole('button', { name: EDITOR_STRINGS.menu, exact: true }).click()
    await page.getByRole('menuitem', { name: MENU_TITLES[title], exact: true }).click()
  }
  await openMenu('mask')
  await expect(page.getByRole('menuitem', { name: COMMAND_LABELS['mask.clear'] })).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('menuitem', { name: COMMAND_LABELS['mask.all'] }).click()
  await editor.expectUndo('fill-mask')
  await openMenu('edit')
  await page.getByRole('menuitem', { name: COMMAND_LABELS['edit.undo'] }).click()
  await editor.expectRedo('fill-mask')
})

test('by keys alone: from the start to an accepted repaint', async ({ remask, start }) => {
  const { page } = remask
  const { keyboard } = page
  await expect(start.prompt).toBeFocused()
  await keyboard.type('a green meadow')
  await keyboard.press('Enter')
  const editor = new Editor(remask)
  const { tray, promptBox } = editor
  await expect(tray.card(1)).toBeFocused(RUN_WITHIN)
  await tray.waitUntilDone(4)
  await keyboard.press('ArrowRight')
  await keyboard.press('Enter')
  await editor.expectUndo('accept-generate')
  await expect(editor.canvas.element).toBeFocused()
  await expect.poll(() => readPictureId(remask)).not.toBeNull()
  const created = await readPictureId(remask)

  await keyboard.press('r')
  await keyboard.press('ArrowRight')
  await expect(page.getByText(/^Rectangle \d+ by \d+ at/)).toBeAttached()
  await keyboard.press('ArrowUp')
  await keyboard.press('Shift+ArrowRight')
  await keyboard.press('Enter')
  await editor.expectUndo('mask-rectangle')
  await expect(page.getByText(new RegExp(CANVAS_STRINGS.masked('\\d+ %')))).toBeAttached()

  await keyboard.press('/')
  await expect(promptBox.input).toBeFocused()
  await keyboard.press('ControlOrMeta+a')
  await keyboard.type('a night sky with fireworks')
  await expect(promptBox.words('repaint')).toBeVisible()
  await keyboard.press('Enter')
  await expect(tray.card(1)).toBeFocused(RUN_WITHIN)
  await tray.waitUntilDone(4)
  await keyboard.press('3')
  await expect(tray.element).toBeHidden()
  await editor.expectUndo('accept-inpaint')
  await expect.poll(() => readPictureId(remask)).not.toBe(created)
})

test('by keys alone: the frame is placed with the arrows', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.press('f', 'Shift+ArrowRight', 'Shift+ArrowRight')
  await expect(remask.page.getByText(/^Frame \d+ by \d+ at/)).toBeAttached()
  await remask.page.keyboard.press('Enter')
  await editor.expectUndo('set-frame')
  await expect(editor.promptBox.words('extend')).toBeVisible()
})

test('Escape closes the dialog before the notice behind it', async ({ remask, start }) => {
  const { page } = remask
  remask.guard.allow(/422/)
  await expect(start.prompt).toBeVisible()
  await page.keyboard.press('ControlOrMeta+,')
  const dialog = page.getByRole('dialog', { name: SETTINGS_STRINGS.title })
  await expect(dialog).toBeVisible()
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['no picture'], 'fake.png', { type: 'image/png' }))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  const notice = page.getByText(PICTURE_ERRORS.unreadable)
  await expect(notice.first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(notice.first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(notice).toHaveCount(0)
})
