import { AxeBuilder } from '@axe-core/playwright'
import { ANALYSIS_STRINGS as STRINGS } from '../../electron/api/strings/analyses.ts'
import { expect, test } from '../pages/pages.ts'
import { readJobs } from '../pages/jobs.ts'
import { countChanges, readPicture, readPictureFile } from '../pages/picture.ts'
import type { Editor } from '../pages/editor.ts'
import type { StartScreen } from '../pages/start-screen.ts'
import type { Remask } from '../harness/remask.ts'
import { RUN_WITHIN } from '../pages/timings.ts'

test.setTimeout(300_000)

// What the model finds likely, and what is done with it.

const panelOf = ({ page }: Remask, look: keyof typeof STRINGS.titles) => page.getByRole('region', { name: STRINGS.titles[look] })

async function expectAccessible({ page }: Remask, state: string): Promise<void> {
  // Colours in the middle of a transition are none that stay.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]), state).toEqual([])
}

/** A picture the model made: noise would surprise it everywhere alike. */
async function createPicture(start: StartScreen): Promise<Editor> {
  const editor = await start.create('a sandy beach at sunset')
  await editor.tray.waitUntilDone(4)
  await editor.tray.accept(1)
  await editor.expectUndo('accept-generate')
  return editor
}

/** The middle of the canvas, where no panel lies over it. */
const shootPicture = ({ page }: Remask) => page.screenshot({ clip: { x: 400, y: 120, width: 500, height: 500 } })

async function saveMask(remask: Remask, editor: Editor, file: string) {
  const saved = await remask.running.answerSaveDialog(file)
  await editor.chooseInMaskMenu('mask.save')
  await saved()
  return readPictureFile(file)
}

const shareOf = ({ data }: { data: Buffer }) => data.filter((value, i) => i % 4 === 0 && value > 0).length / (data.length / 4)

test('a mask from words stays within its budget, can be undone, and is repainted like any other', async ({ remask, start, photo, inFolder }) => {
  const { page } = remask
  const editor = await start.openPicture(photo)
  await editor.press('w')
  const panel = panelOf(remask, 'words')
  await expect(panel.getByLabel(STRINGS.from)).toBeFocused()
  await page.keyboard.type('a beach')
  await panel.getByLabel(STRINGS.to).fill('  A  Beach')
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('alert')).toHaveText(STRINGS.wordsEqual)
  await expectAccessible(remask, 'equal words')

  await panel.getByLabel(STRINGS.to).fill('a city skyline at night')
  await page.keyboard.press('Enter')
  const use = panel.getByRole('button', { name: STRINGS.useAsMask })
  await expect(use).toBeEnabled(RUN_WITHIN)
  const budget = panel.getByRole('slider', { name: STRINGS.budget })
  await budget.focus()
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowLeft')
  await expect(budget).toHaveAttribute('aria-valuetext', '8 %')
  await expectAccessible(remask, 'proposed mask')
  await page.screenshot({ path: test.info().outputPath('words.png') })
  await use.click()
  await expect(panel).toBeHidden()
  await editor.expectUndo('mask-words')
  const mask = await saveMask(remask, editor, inFolder('mask.png'))
  expect(shareOf(mask)).toBeGreaterThan(0.02)
  // Cells at the picture's edge reach beyond it; a share of cells is about one of pixels.
  expect(shareOf(mask)).toBeLessThan(0.1)

  const before = await readPicture(remask)
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('a city skyline at night')
  await editor.tray.waitUntilDone(1)
  await editor.tray.accept(1)
  await expect.poll(async () => (await readPicture(remask)).data.equals(before.data)).toBe(false)
  expect(countChanges(before, await readPicture(remask), mask).outside).toBe(0)
})

test('the likelihood map is shown and hidden by its key, and the weak cells are repainted', async ({ remask, start, photo }) => {
  const { page } = remask
  const editor = await start.openPicture(photo)
  await editor.press('k')
  const panel = panelOf(remask, 'likelihood')
  const fix = panel.getByRole('button', { name: STRINGS.fixWeak })
  await expect(fix).toBeEnabled(RUN_WITHIN)
  await expectAccessible(remask, 'likelihood map')
  await page.screenshot({ path: test.info().outputPath('map.png') })
  await editor.press('k')
  await expect(panel).toBeHidden()

  const before = await readPicture(remask)
  await editor.promptBox.setCount(1)
  // Another edit of masked parts that was switched to is not what the key asks for.
  await editor.press('ControlOrMeta+a')
  await editor.promptBox.choose('vary', { isMasked: true, sides: [] })
  await editor.press('ControlOrMeta+d')
  await editor.press('Shift+K')
  await editor.tray.waitUntilDone(1)
  await expect(panel).toBeHidden()
  // At the picture's own resolution, however far the cells lie from each other: the starter pack's cells have 8 pixels.
  const [fixed] = await readJobs(remask)
  expect(fixed).toMatchObject({ cellSize: 8, request: { kind: 'inpaint', isDetailed: true } })
  await expect(editor.tray.receipt).toHaveText(/^9\d(\.\d)? % of your picture untouched, checked$/)
  await editor.tray.accept(1)
  await expect.poll(async () => (await readPicture(remask)).data.equals(before.data)).toBe(false)
  await editor.undo()
  await expect.poll(async () => (await readPicture(remask)).data.equals(before.data)).toBe(true)
})

test('a surprise that is clicked on the picture becomes the mask', async ({ remask, start }) => {
  const { page } = remask
  const editor = await createPicture(start)
  await editor.press('u')
  const panel = panelOf(remask, 'surprises')
  await expect(panel.getByRole('button', { name: /^1 · / })).toBeVisible(RUN_WITHIN)
  await expectAccessible(remask, 'surprises')
  await page.screenshot({ path: test.info().outputPath('surprises.png') })
  await page.getByRole('list', { name: STRINGS.titles.surprises }).getByRole('button').first().click()
  await editor.expectUndo('mask-spot')
  await expect(panel).toBeHidden()
  await expect(editor.promptBox.words('repaint')).toBeVisible()
  await editor.press('u')
  await panel.getByRole('button', { name: STRINGS.close }).press('Escape')
  await expect(panel).toBeHidden()
})

test('without a mask, replacing the background asks what stays, proposes it as a mask and goes on with it', async ({ remask, start, inFolder }) => {
  const { page } = remask
  const editor = await createPicture(start)
  await editor.promptBox.setCount(1)
  await editor.promptBox.choose('replace-background')
  await editor.promptBox.ask('a city at night')
  const panel = panelOf(remask, 'subject')
  const words = panel.getByLabel(STRINGS.subject, { exact: true })
  await expect(words).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('alert')).toHaveText(STRINGS.subjectMissing)
  await page.keyboard.type('a sandy beach')
  await page.keyboard.press('Enter')
  const use = panel.getByRole('button', { name: STRINGS.useAsMask })
  await expect(use).toBeEnabled(RUN_WITHIN)
  await expectAccessible(remask, 'proposed subject')
  await page.screenshot({ path: test.info().outputPath('subject.png') })
  await use.click()
  await editor.expectUndo('mask-subject')
  await expect(editor.promptBox.words('replace-background', { isMasked: true, sides: [] })).toBeVisible()
  const mask = await saveMask(remask, editor, inFolder('subject.png'))
  expect(shareOf(mask)).toBeGreaterThan(0.02)
  expect(shareOf(mask)).toBeLessThanOrEqual(0.31)

  const before = await readPicture(remask)
  await editor.press('Enter')
  await editor.tray.accept(1)
  await editor.expectUndo('accept-replace-background')
  await expect.poll(async () => (await readPicture(remask)).data.equals(before.data)).toBe(false)
  // All that is masked stays.
  const { inside, outside } = countChanges(before, await readPicture(remask), mask)
  expect(inside).toBe(0)
  expect(outside).toBeGreaterThan(5000)
})

test('the words of the picture shown are in the history too', async ({ remask, start }) => {
  const { page } = remask
  const editor = await createPicture(start)
  const history = await editor.openHistory()
  const words = history.element.getByRole('group', { name: STRINGS.words })
  await expect(words).toHaveCount(1)
  const sunset = words.getByRole('button', { name: STRINGS.wordMattered('sunset') })
  const plain = await shootPicture(remask)
  await sunset.hover()
  await expect.poll(async () => (await shootPicture(remask)).equals(plain), RUN_WITHIN).toBe(false)
  await page.screenshot({ path: test.info().outputPath('history-words.png') })
  await expectAccessible(remask, 'words in the history')
})

test('pointing at a word of the prompt shows where it mattered', async ({ remask, start }) => {
  const { page } = remask
  const editor = await start.create('a sandy beach at sunset')
  await editor.tray.waitUntilDone(4)
  const words = editor.tray.element.getByRole('group', { name: STRINGS.words })
  const sunset = words.getByRole('button', { name: STRINGS.wordMattered('sunset') })
  const empty = await shootPicture(remask)
  await sunset.hover()
  await expect.poll(async () => (await shootPicture(remask)).equals(empty), RUN_WITHIN).toBe(false)
  await page.screenshot({ path: test.info().outputPath('word.png') })
  await words.getByRole('button', { name: STRINGS.wordMattered('a') }).focus()
  await page.keyboard.press('Tab')
  await expect(words.getByRole('button', { name: STRINGS.wordMattered('sandy') })).toBeFocused()
  await expectAccessible(remask, 'words')
})
