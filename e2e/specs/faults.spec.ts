import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { EngineError } from '../../electron/api/errors.ts'
import { CONNECTION_STRINGS } from '../../electron/api/strings/connection.ts'
import { NOTICE_STRINGS } from '../../electron/api/strings/notices.ts'
import { MODELS_STRINGS } from '../../electron/api/strings/models-dialog.ts'
import { SETTINGS_STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import { MODEL_STRINGS, REFUSAL_STRINGS } from '../../electron/api/strings/start-screen.ts'
import { describeMaskSize, PICTURE_ERRORS } from '../../electron/api/strings/storage.ts'
import { findNotice } from '../pages/notices.ts'
import { ModelsDialog } from '../pages/models-dialog.ts'
import { expect, test } from '../pages/pages.ts'
import { drawMask, drawPhoto } from '../pages/picture.ts'
import { STARTER, STARTER_FOLDER as BUNDLED_PACK } from '../pages/starter-pack.ts'
import { StartScreen } from '../pages/start-screen.ts'

/** A refused request is told as an error on the console, too; the notice is what counts. */
const REFUSED = /Failed to load resource.*(400|413|415|422|423|507)/

const TRANSFORMER = STARTER.transformer.replaceAll('.', '\\.')

test.beforeEach(({ remask }) => remask.guard.allow(REFUSED))

test('a file that only looks like a picture is refused, and another one can be chosen', async ({ remask, start, photo, inFolder }) => {
  writeFileSync(inFolder('fake.png'), 'This is no picture.')
  await start.chooseFiles(inFolder('fake.png'))
  const notice = findNotice(remask.page, PICTURE_ERRORS.unreadable)
  await expect(notice).toBeVisible()
  await remask.running.answerOpenDialog([photo])
  await notice.getByRole('button', { name: NOTICE_STRINGS.remedies['choose-other-file'] }).click()
  await expect(remask.page.getByText('256 × 192')).toBeAttached()
})

test('a picture that is cut off is refused', async ({ remask, start, inFolder }) => {
  await drawPhoto(inFolder('whole.jpg'), 400, 300)
  const whole = readFileSync(inFolder('whole.jpg'))
  writeFileSync(inFolder('cut.jpg'), whole.subarray(0, whole.length / 2))
  await start.chooseFiles(inFolder('cut.jpg'))
  await expect(findNotice(remask.page, PICTURE_ERRORS.truncated)).toBeVisible()
  expect(await remask.fetchJson('documents')).toEqual([])
})

test('an empty file is refused', async ({ remask, start, inFolder }) => {
  writeFileSync(inFolder('empty.png'), '')
  await start.chooseFiles(inFolder('empty.png'))
  await expect(findNotice(remask.page, PICTURE_ERRORS.empty)).toBeVisible()
})

test('a picture of more than 100 megapixels is refused with the limit', async ({ remask, start, inFolder }) => {
  const file = inFolder('huge.png')
  await sharp({ create: { width: 12_000, height: 9_000, channels: 3, background: 'black' } }).png({ compressionLevel: 1 }).toFile(file)
  await start.chooseFiles(file)
  await expect(findNotice(remask.page, /108 megapixels.*up to 100 megapixels/)).toBeVisible({ timeout: 60_000 })
})

test('a mask of another size is refused with both sizes', async ({ remask, start, photo, inFolder }) => {
  const size = { width: 100, height: 80 }
  await drawMask(inFolder('mask.png'), size, { left: 10, top: 10, width: 20, height: 20 })
  const editor = await start.openPicture(photo)
  await remask.running.answerOpenDialog([inFolder('mask.png')])
  await editor.chooseInMaskMenu('mask.load')
  await expect(findNotice(remask.page, describeMaskSize(size, { width: 256, height: 192 }))).toBeVisible()
  await editor.expectUndo('place-picture')
})

test('a document that is open in one window is refused in a second one, with the reason and a way on', async ({ remask, start, photo }) => {
  test.skip(remask.host === 'desktop', 'the desktop has one window')
  const editor = await start.openPicture(photo)
  await editor.expectUndo('place-picture')
  const second = await remask.page.context().newPage()
  await second.goto(remask.page.url())
  await expect(second.getByRole('heading', { name: REFUSAL_STRINGS.openElsewhereTitle })).toBeVisible()
  await expect(second.getByText(REFUSAL_STRINGS.openElsewhereDetail)).toBeVisible()
  await editor.showAllDocuments()
  await second.getByRole('button', { name: REFUSAL_STRINGS.tryAgain }).click()
  await expect(second.getByText('256 × 192')).toBeAttached()
  await second.close()
})

test('a document opens by itself when the window that had it is gone', async ({ remask, start, photo }) => {
  test.skip(remask.host === 'desktop', 'the desktop has one window')
  const editor = await start.openPicture(photo)
  await editor.expectUndo('place-picture')
  const second = await remask.page.context().newPage()
  await second.goto(remask.page.url())
  await expect(second.getByText(REFUSAL_STRINGS.waiting)).toBeVisible()
  await remask.page.goto('about:blank')
  await expect(second.getByText('256 × 192')).toBeAttached({ timeout: 30_000 })
  await expect(second.getByRole('alert')).toBeHidden()
  await second.close()
})

test('a copy of a document that is open elsewhere can be opened', async ({ remask, start, photo }) => {
  test.skip(remask.host === 'desktop', 'the desktop has one window')
  await (await start.openPicture(photo)).expectUndo('place-picture')
  const second = await remask.page.context().newPage()
  await second.goto(remask.page.url())
  await second.getByRole('button', { name: REFUSAL_STRINGS.openCopy }).click()
  await expect(second.getByRole('button', { name: 'photo (copy)' })).toBeVisible()
  await second.close()
})

test('a document that is not there is said to be gone', async ({ remask, start }) => {
  remask.guard.allow(/404/)
  await expect(start.prompt).toBeVisible()
  await remask.page.evaluate(() => (location.hash = '#/documents/00000000-0000-4000-8000-000000000000'))
  await expect(remask.page.getByRole('heading', { name: REFUSAL_STRINGS.failedTitle })).toBeVisible()
  await remask.page.getByRole('button', { name: REFUSAL_STRINGS.allDocuments }).click()
  await expect(start.prompt).toBeVisible()
})

test('a damaged line at the end of the log is left out and the document opens', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([40, 40], [100, 100])
  await editor.expectUndo('mask-rectangle')
  const log = path.join(remask.dataFolder, 'documents', editor.id, 'log.ndjson')
  await expect.poll(() => readFileSync(log, 'utf8').trim().split('\n').length).toBe(2)
  await remask.kill()
  writeFileSync(log, `${readFileSync(log, 'utf8')}{"entry":{"id":"tor`)
  await remask.open()
  const again = await new StartScreen(remask).openDocument('photo')
  await again.expectUndo('mask-rectangle')
  await again.press('ControlOrMeta+a')
  await again.expectUndo('fill-mask')
})

test('what the disk does not take is said, kept, and written when it does', async ({ remask, start, photo }) => {
  test.skip(remask.host === 'desktop', 'answers on the way to the page cannot be changed there')
  const { page } = remask
  const editor = await start.openPicture(photo)
  await editor.chooseTool('rectangle')
  const log = path.join(remask.dataFolder, 'documents', editor.id, 'log.ndjson')
  const full = new EngineError('disk-full', 'The disk is full.').toWire()
  await page.route('**/lines', (route) => route.fulfill({ status: 507, json: full }))
  await editor.canvas.drag([40, 40], [100, 100])
  const banner = page.getByRole('alert').filter({ hasText: CONNECTION_STRINGS.unsaved(1) })
  await expect(banner).toContainText('The disk is full.')
  await editor.press('ControlOrMeta+Shift+i')
  await expect(page.getByRole('alert').filter({ hasText: CONNECTION_STRINGS.unsaved(2) })).toBeVisible()
  expect(readFileSync(log, 'utf8')).not.toContain('invert-mask')
  await page.unroute('**/lines')
  await page.getByRole('button', { name: CONNECTION_STRINGS.tryNow }).click()
  await expect(page.getByRole('alert')).toBeHidden()
  await expect.poll(() => readFileSync(log, 'utf8').trim().split('\n').length).toBe(3)
})

test('the files of the model can be checked', async ({ remask, start }) => {
  await expect(start.prompt).toBeVisible()
  const models = new ModelsDialog(remask)
  await models.open()
  await models.model('Starter').getByRole('button', { name: MODELS_STRINGS.verify }).click()
  await expect(models.model('Starter').getByText(MODELS_STRINGS.intact)).toBeVisible({ timeout: 60_000 })
})

/** A pack of the user's own, as the bundled one but for `id`, and chosen in the settings. */
function installChosenPack(dataFolder: string, id: string, files: readonly string[]): string {
  const folder = path.join(dataFolder, 'packs', id)
  mkdirSync(folder, { recursive: true })
  for (const file of files) cpSync(path.join(BUNDLED_PACK, file), path.join(folder, file), { recursive: true })
  const description = JSON.parse(readFileSync(path.join(BUNDLED_PACK, 'pack.json'), 'utf8')) as object
  writeFileSync(path.join(folder, 'pack.json'), JSON.stringify({ ...description, id, name: 'My model' }))
  writeFileSync(path.join(dataFolder, 'settings.json'), JSON.stringify({ packId: id }))
  return folder
}

test('a model with a missing file is named with the file and what to do; another one works meanwhile', async ({ remask, start }) => {
  await expect(start.prompt).toBeVisible()
  await remask.close()
  const folder = installChosenPack(remask.dataFolder, 'mine', [])
  await remask.open()
  const problem = /“mine” cannot be used\..*is missing from this model; install it again\. Until then “Starter” is used\./
  await expect(remask.page.getByRole('alert').filter({ hasText: problem })).toBeVisible()
  await remask.page.keyboard.press('ControlOrMeta+,')
  const dialog = remask.page.getByRole('dialog', { name: 'Settings' })
  await expect(dialog.getByText(/“mine” cannot be used\. .*install it again\./)).toBeVisible()
  await dialog.getByRole('button', { name: SETTINGS_STRINGS.models }).click()
  const model = remask.page.getByRole('dialog', { name: MODELS_STRINGS.title }).getByRole('listitem', { name: 'mine' })
  await model.getByRole('button', { name: MODELS_STRINGS.verify }).click()
  await expect(model.getByText(new RegExp(`Changed or missing: .*${TRANSFORMER}`))).toBeVisible()
  await remask.page.keyboard.press('Escape')

  for (const file of readdirSync(BUNDLED_PACK)) if (file !== 'pack.json') cpSync(path.join(BUNDLED_PACK, file), path.join(folder, file), { recursive: true })
  await remask.page.getByRole('button', { name: MODEL_STRINGS.retry }).click()
  await expect(remask.page.getByRole('alert')).toBeHidden({ timeout: 60_000 })
  await remask.page.keyboard.press('ControlOrMeta+,')
  await expect(dialog.getByLabel(SETTINGS_STRINGS.pack)).toHaveValue('mine')
})

test('a model whose file has changed is refused when it loads, with the file, and a run says so', async ({ remask, start }) => {
  await expect(start.prompt).toBeVisible()
  await remask.close()
  const folder = installChosenPack(remask.dataFolder, 'mine', readdirSync(BUNDLED_PACK))
  const graph = path.join(folder, STARTER.transformer)
  writeFileSync(graph, readFileSync(graph).fill(7, 1000, 2000))
  await remask.open()
  const problem = new RegExp(`“${TRANSFORMER}” of this model is damaged: its bytes have changed; install the model again\\.`)
  await expect(remask.page.getByRole('alert').filter({ hasText: problem })).toBeVisible({ timeout: 60_000 })
  const editor = await new StartScreen(remask).create('a lake')
  await expect(editor.tray.problem.filter({ hasText: problem })).toBeVisible({ timeout: 60_000 })
})
