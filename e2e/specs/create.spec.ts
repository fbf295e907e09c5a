import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { COMMAND_LABELS } from '../../electron/api/strings/menu.ts'
import { MODELS_STRINGS } from '../../electron/api/strings/models-dialog.ts'
import { OPTION_STRINGS, PROMPT_STRINGS } from '../../electron/api/strings/prompt.ts'
import { START_SCREEN_STRINGS } from '../../electron/api/strings/start-screen.ts'
import { expect, test } from '../pages/pages.ts'
import { readPicture, readPictureId } from '../pages/picture.ts'
import { RUN_WITHIN } from '../pages/timings.ts'

test.setTimeout(300_000)

test('the prompt has the focus at once: typing right after loading lands in it', async ({ remask, start }) => {
  await expect(start.prompt).toBeFocused()
  await remask.page.keyboard.type('a green meadow')
  await expect(start.prompt).toHaveValue('a green meadow')
})

test('typing and Enter makes four candidates that form step by step, and a digit accepts one', async ({ remask, start }) => {
  const { page } = remask
  await start.prompt.fill('a green meadow with a rainbow')
  await page.keyboard.press('Enter')
  const editor = await start.createdDocument()
  const { tray, promptBox } = editor
  await expect(promptBox.element.getByText(/Step \d+ of \d+/)).toBeVisible(RUN_WITHIN)
  await expect(promptBox.element.getByText(/\d+s left|almost done/)).toBeVisible(RUN_WITHIN)
  await expect(tray.forming.first()).toBeVisible(RUN_WITHIN)
  await expect(tray.card(4)).toBeVisible()
  await expect(tray.card(1)).toBeFocused()
  await tray.waitUntilDone(4)
  await page.keyboard.press('2')
  await expect(tray.element).toBeHidden()
  await editor.expectUndo('accept-generate')
  await expect(promptBox.words('create-again')).toBeVisible()
  await expect.poll(() => readPictureId(remask)).toMatch(/^[0-9a-f]{64}$/)
})

test('arrows compare candidates, Escape keeps the canvas, and undo brings them back', async ({ remask, start }) => {
  const { page } = remask
  const editor = await start.create('a snowy mountain at night')
  const { tray } = editor
  await tray.waitUntilDone(4)
  await page.keyboard.press('ArrowRight')
  await expect(tray.candidate(2)).toBeFocused()
  await expect(tray.candidate(2)).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(tray.candidate(4)).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('ArrowLeft')
  await expect(tray.candidate(3)).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('Escape')
  await expect(tray.element).toBeHidden()
  await expect(editor.canvas.element).toBeFocused()
  await expect(editor.promptBox.words('create')).toBeVisible()
  expect(await readPictureId(remask)).toBeNull()
  await editor.undo()
  await expect(tray.candidate(1)).toBeVisible()
})

test('Alt+2 accepts from the prompt, and the siblings stay in the history', async ({ remask, start }) => {
  const { page } = remask
  const editor = await start.create('a beach at sunset')
  const { tray, promptBox } = editor
  await tray.waitUntilDone(4)
  await promptBox.input.click()
  await page.keyboard.press('Alt+2')
  await expect(tray.element).toBeHidden()
  await expect(promptBox.input).toHaveValue('a beach at sunset')
  const second = await readSettledPictureId(remask)

  const history = await editor.openHistory()
  await expect(history.entry('accept-generate')).toHaveCount(1)
  await expect(history.siblings).toHaveCount(3)
  await history.siblings.last().click()
  await expect(history.entry('accept-generate')).toHaveCount(2)
  await expect.poll(() => readPictureId(remask)).not.toBe(second)
  await editor.expectUndo('accept-generate')
})

test('a click accepts a candidate while others still form', async ({ start }) => {
  const editor = await start.create('a forest in the morning')
  await editor.tray.accept(1)
  await editor.expectUndo('accept-generate')
  await expect(editor.promptBox.words('create-again')).toBeVisible(RUN_WITHIN)
})

test('the same words with the same locked seed give the same pixels, another seed gives others', async ({ remask, start }) => {
  const editor = await start.startNewDocument()
  const { promptBox, tray } = editor
  await promptBox.setCount(1)
  await promptBox.setSeed(7)
  const pictures: Buffer[] = []
  for (const seed of [7, 7, 8]) {
    await promptBox.setSeed(seed)
    await promptBox.ask('a lake in the mountains')
    await tray.accept(1)
    await readSettledPictureId(remask)
    pictures.push((await readPicture(remask)).data)
    await promptBox.input.click()
  }
  expect(pictures[1]?.equals(pictures[0] ?? Buffer.alloc(0))).toBe(true)
  expect(pictures[2]?.equals(pictures[0] ?? Buffer.alloc(0))).toBe(false)
})

test('More shows the seed of the last run, which can be locked and given back', async ({ start }) => {
  const editor = await start.startNewDocument()
  const { promptBox, tray } = editor
  await promptBox.setCount(1)
  await promptBox.ask('a desert')
  await tray.accept(1)
  const more = await promptBox.openMore()
  const seed = more.getByRole('spinbutton', { name: OPTION_STRINGS.seed })
  await expect(seed).toHaveValue(/^\d+$/)
  await more.getByRole('button', { name: OPTION_STRINGS.lockSeed }).click()
  await expect(more.getByRole('button', { name: OPTION_STRINGS.unlockSeed })).toHaveAttribute('aria-pressed', 'true')
  await expect(more.getByRole('button', { name: OPTION_STRINGS.copySeed })).toBeEnabled()
  await more.getByRole('button', { name: OPTION_STRINGS.reset(OPTION_STRINGS.count) }).click()
  await expect(more.getByRole('radio', { name: '4', exact: true })).toBeChecked()
})

test('a word the model does not know is named and the nearest known ones are offered', async ({ start }) => {
  await start.prompt.fill('a medow at night')
  const note = start.notes.getByText(PROMPT_STRINGS.unknownWord('medow'))
  await expect(note).toBeVisible()
  await expect(start.markedWords('medow')).toHaveCSS('text-decoration-line', 'underline')
  await start.notes.getByRole('button', { name: 'meadow', exact: true }).click()
  await expect(start.prompt).toHaveValue('a meadow at night')
  await expect(note).toBeHidden()
})

test('a prompt far from what the model was shown is told so, and larger models are one click away', async ({ remask, start }) => {
  await start.prompt.fill("my grandmother's kitchen in 1950")
  const note = start.notes.getByText(PROMPT_STRINGS.far)
  await expect(note).toBeVisible()
  await note.getByRole('button', { name: COMMAND_LABELS['app.models'] }).click()
  await expect(remask.page.getByRole('dialog', { name: MODELS_STRINGS.title })).toBeVisible()
  await remask.page.keyboard.press('Escape')
  await start.prompt.fill('a beach at sunset')
  await expect(note).toBeHidden()
})

test('a prompt too long for the model is cut visibly', async ({ start }) => {
  await start.prompt.fill('a green meadow with a rainbow at night '.repeat(6))
  await expect(start.notes.getByText(PROMPT_STRINGS.cut)).toBeVisible()
  await expect(start.markedWords(/night $/)).toHaveCSS('text-decoration-line', 'line-through')
  await start.prompt.fill('a green meadow')
  await expect(start.notes.getByText(PROMPT_STRINGS.cut)).toBeHidden()
})

test('an example on the start screen is one click away', async ({ start }) => {
  const example = start.examples.first()
  const words = await example.textContent()
  await example.click()
  const editor = await start.createdDocument()
  await expect(editor.promptBox.input).toHaveValue(words ?? '')
  await expect(editor.tray.element).toBeVisible(RUN_WITHIN)
  await editor.promptBox.cancel.click()
  await expect(editor.tray.element).toBeHidden(RUN_WITHIN)
})

test('the candidates say what can be done with them', async ({ remask, start }) => {
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(2)
  await editor.promptBox.ask('a city at night')
  await editor.tray.waitUntilDone(2)
  await expect(remask.page.getByRole('status').getByText(CANDIDATE_STRINGS.ready(2))).toBeAttached()
  await expect(editor.tray.element.getByText(/^Seed \d+$/)).toBeVisible()
  await expect(editor.tray.use).toBeEnabled()
  await editor.tray.dismiss.click()
  await expect(editor.tray.element).toBeHidden()
})

test('a document made from a prompt is called after it and shown with its picture', async ({ remask, start }) => {
  const editor = await start.create('a castle in the snow')
  await editor.tray.accept(1)
  await editor.showAllDocuments()
  const card = start.card('a castle in the snow')
  await expect(card).toBeVisible()
  const picture = card.getByRole('presentation')
  await expect(picture.first()).toBeVisible()
  await expect(remask.page.getByText(START_SCREEN_STRINGS.documentCount(1))).toBeVisible()
})

async function readSettledPictureId(remask: Parameters<typeof readPictureId>[0]): Promise<string> {
  await expect.poll(() => readPictureId(remask)).toMatch(/^[0-9a-f]{64}$/)
  return (await readPictureId(remask)) ?? ''
}
