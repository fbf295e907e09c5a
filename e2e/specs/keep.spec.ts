import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { HISTORY_STRINGS } from '../../electron/api/strings/history.ts'
import { NOTICE_STRINGS } from '../../electron/api/strings/notices.ts'
import { EXPORT_STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import { START_SCREEN_STRINGS } from '../../electron/api/strings/start-screen.ts'
import type { Editor } from '../pages/editor.ts'
import type { Remask } from '../harness/remask.ts'
import { findNotice } from '../pages/notices.ts'
import { expect, test } from '../pages/pages.ts'
import { drawPhoto, readPicture, readPictureFile } from '../pages/picture.ts'

test.setTimeout(240_000)

for (const extension of ['png', 'jpg', 'webp']) {
  test(`a ${extension} file is opened as it is`, async ({ remask, start, inFolder }) => {
    const file = inFolder(`picture.${extension}`)
    await drawPhoto(file, 120, 90)
    await start.openPicture(file)
    await expect(remask.page.getByText('120 × 90')).toBeAttached()
    expect((await readPicture(remask)).data.equals((await readPictureFile(file)).data)).toBe(true)
  })
}

test('a photo taken upright is shown upright', async ({ remask, start, inFolder }) => {
  const file = inFolder('upright.jpg')
  const sideways = sharp({ create: { width: 120, height: 80, channels: 3, background: 'navy' } })
  await sideways.withMetadata({ orientation: 6 }).jpeg().toFile(file)
  await start.openPicture(file)
  await expect(remask.page.getByText('80 × 120')).toBeAttached()
})

test('a picture dropped anywhere is opened as a document of its name', async ({ remask, start, photo }) => {
  await expect(start.prompt).toBeVisible()
  await dropFile(remask, photo)
  await expect(remask.page.getByText('256 × 192')).toBeAttached()
  await expect(remask.page.getByRole('button', { name: 'photo', exact: true })).toBeVisible()
  expect((await readPicture(remask)).data.equals((await readPictureFile(photo)).data)).toBe(true)
})

test('a picture is copied, and pasted into a new document', async ({ remask, start, photo }) => {
  const { page } = remask
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const editor = await start.openPicture(photo)
  const { id } = editor
  const copied = await readPicture(remask)
  await editor.press('ControlOrMeta+c')
  await expect(findNotice(page, NOTICE_STRINGS.copied)).toBeVisible()
  await editor.press('ControlOrMeta+v')
  await expect.poll(() => editor.id).not.toBe(id)
  await editor.expectUndo('paste-picture')
  expect((await readPicture(remask)).data.equals(copied.data)).toBe(true)
})

test('a created picture is saved as PNG, JPEG and WebP, with its recipe where that is wanted', async ({ remask, start, inFolder }) => {
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(1)
  await editor.promptBox.setSeed(11)
  await editor.promptBox.ask('a lake at sunrise')
  await editor.tray.accept(1)
  const shown = await readPicture(remask)
  for (const format of ['png', 'jpeg', 'webp'] as const) {
    const file = inFolder(`picture.${format}`)
    await saveAs(remask, editor, format, file)
    expect((await sharp(file).metadata()).format).toBe(format)
    const saved = await readPictureFile(file)
    expect([saved.width, saved.height]).toEqual([shown.width, shown.height])
    expect(readFileSync(file).includes('a lake at sunrise')).toBe(true)
    if (format === 'png') expect(saved.data.equals(shown.data)).toBe(true)
  }
  const file = inFolder('private.png')
  await saveAs(remask, editor, 'png', file, { isRecipeKept: false })
  expect(readFileSync(file).includes('a lake at sunrise')).toBe(false)
})

test('the place a photo was taken is left out unless it is asked for', async ({ remask, start, photo, inFolder }) => {
  const file = inFolder('there.jpg')
  const sea = sharp({ create: { width: 120, height: 80, channels: 3, background: 'teal' } })
  const gps = { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '0/1 7/1 0/1' }
  await sea.withExif({ IFD0: { Copyright: 'somebody' }, IFD3: gps }).jpeg().toFile(file)
  const editor = await start.openPicture(file)
  await saveAs(remask, editor, 'jpeg', inFolder('without.jpg'))
  await saveAs(remask, editor, 'jpeg', inFolder('with.jpg'), { isGpsKept: true })
  expect(await hasGps(inFolder('without.jpg'))).toBe(false)
  expect(await hasGps(inFolder('with.jpg'))).toBe(true)
  // What is not there is not asked about.
  await remask.page.evaluate(() => (location.hash = ''))
  const other = await start.openPicture(photo)
  await other.press('ControlOrMeta+s')
  const dialog = remask.page.getByRole('dialog', { name: EXPORT_STRINGS.title })
  await expect(dialog.getByRole('radio', { name: EXPORT_STRINGS.formats.jpeg })).toBeVisible()
  await expect(dialog.getByRole('switch', { name: EXPORT_STRINGS.keepGps })).toHaveCount(0)
  expect(readFileSync(inFolder('without.jpg')).includes('somebody')).toBe(true)
})

test('documents are renamed, duplicated and deleted on the start screen', async ({ remask, start, photo }) => {
  const { page } = remask
  const editor = await start.openPicture(photo)
  await editor.showAllDocuments()
  await expect(start.card('photo')).toContainText(/\d+ (byte|kB|MB)/)

  await start.chooseFor('photo', 'rename')
  const field = page.getByRole('textbox', { name: START_SCREEN_STRINGS.nameLabel })
  await field.fill('Harbour')
  await field.press('Enter')
  await expect(start.card('Harbour')).toBeVisible()

  await start.chooseFor('Harbour', 'duplicate')
  await expect(start.card('Harbour (copy)')).toBeVisible()

  await start.chooseFor('Harbour', 'delete')
  const question = page.getByRole('alertdialog', { name: START_SCREEN_STRINGS.deleteTitle('Harbour') })
  await question.getByRole('button', { name: START_SCREEN_STRINGS.cancel }).click()
  await expect(start.card('Harbour')).toBeVisible()
  await start.chooseFor('Harbour', 'delete')
  await question.getByRole('button', { name: START_SCREEN_STRINGS.delete }).click()
  await expect(start.card('Harbour')).toBeHidden()
  await expect(findNotice(page, START_SCREEN_STRINGS.deleted('Harbour'))).toBeVisible()

  const copy = await start.openDocument('Harbour (copy)')
  await copy.expectUndo('place-picture')
  expect((await readPicture(remask)).data.equals((await readPictureFile(photo)).data)).toBe(true)
})

test('a document is renamed where it is open', async ({ remask, start }) => {
  const { page } = remask
  await start.startNewDocument()
  await page.getByRole('button', { name: START_SCREEN_STRINGS.untitled }).click()
  const field = page.getByRole('textbox', { name: START_SCREEN_STRINGS.nameLabel })
  await field.fill('My garden')
  await field.press('Enter')
  await expect(page.getByRole('button', { name: 'My garden' })).toBeVisible()
  // On the desktop the window has the title, not the page.
  if (remask.host === 'browser') await expect(page).toHaveTitle('My garden – Remask')
})

test('the history goes back to any point, and a branch left by undoing stays', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([20, 20], [60, 60])
  await editor.press('ControlOrMeta+Shift+i')
  await editor.undo()
  await editor.press('ControlOrMeta+a')
  const history = await editor.openHistory()
  await expect(history.entry('invert-mask')).toBeVisible()
  await expect(history.current).toHaveText(HISTORY_STRINGS['fill-mask'])
  await history.entry('invert-mask').click()
  await editor.expectUndo('invert-mask')
  await history.entry('place-picture').click()
  await editor.expectUndo('place-picture')
  await expect(remask.page.getByRole('button', { name: 'Close history' })).toBeVisible()
})

test('after a reload everything is as it was, and undo still works', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([20, 20], [60, 60])
  await editor.promptBox.input.fill('half a thought')
  const view = await editor.canvas.readView()
  await remask.page.reload()
  await editor.expectUndo('mask-rectangle')
  await expect(editor.promptBox.input).toHaveValue('half a thought')
  await expect(editor.button('tool.rectangle')).toHaveAttribute('aria-pressed', 'true')
  expect((await editor.canvas.readView()).zoom).toBeCloseTo(view.zoom)
  await editor.undo()
  await editor.expectRedo('mask-rectangle')
})

interface SaveChoice {
  readonly isRecipeKept?: boolean
  readonly isGpsKept?: boolean
}

async function saveAs(remask: Remask, editor: Editor, format: 'png' | 'jpeg' | 'webp', file: string, choice: SaveChoice = {}): Promise<void> {
  const { page } = remask
  await editor.press('ControlOrMeta+s')
  const dialog = page.getByRole('dialog', { name: EXPORT_STRINGS.title })
  await dialog.getByRole('radio', { name: EXPORT_STRINGS.formats[format] }).click()
  if (choice.isRecipeKept === false) await dialog.getByRole('switch', { name: EXPORT_STRINGS.keepRecipe }).click()
  if (choice.isGpsKept) await dialog.getByRole('switch', { name: EXPORT_STRINGS.keepGps }).click()
  const saved = await remask.running.answerSaveDialog(file)
  await dialog.getByRole('button', { name: EXPORT_STRINGS.save, exact: true }).click()
  await saved()
  await expect(dialog).toBeHidden()
}

/** As a file manager would drop it. */
async function dropFile(remask: Remask, file: string): Promise<void> {
  const bytes = readFileSync(file).toString('base64')
  await remask.page.evaluate((encoded) => {
    const content = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([content], 'photo.png', { type: 'image/png' }))
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    }
  }, bytes)
}

/** Whether the EXIF names a GPS directory (tag 0x8825). */
async function hasGps(file: string): Promise<boolean> {
  const { exif } = await sharp(file).metadata()
  return exif !== undefined && (exif.includes(Buffer.from([0x25, 0x88])) || exif.includes(Buffer.from([0x88, 0x25])))
}
