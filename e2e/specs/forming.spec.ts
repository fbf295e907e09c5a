import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Candidate, Job } from '../../electron/api/jobs.ts'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import { RUN_STRINGS } from '../../electron/api/strings/prompt.ts'
import { orderCandidates } from '../../electron/api/candidate-order.ts'
import { expect, test } from '../pages/pages.ts'
import { countChanges, findDifference, readPicture, readPictureFile } from '../pages/picture.ts'
import { inPicture, STARTER } from '../pages/starter-pack.ts'
import { RUN_WITHIN } from '../pages/timings.ts'
import type { Remask } from '../harness/remask.ts'

test.setTimeout(300_000)

const shot = (name: string) => ({ path: `test-results/forming-${name}.png` })

/** The open document's jobs, oldest first, as they lie on disk. */
async function readJobs({ page, dataFolder }: Remask): Promise<Job[]> {
  const folder = path.join(dataFolder, 'documents', new URL(page.url()).hash.replace('#/documents/', ''), 'jobs')
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const jobs = names.map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Job)
  return jobs.sort((a, b) => a.createdAt.localeCompare(b.createdAt))
}

/** As the accessibility specs look: what is serious. */
async function findViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`)
}

async function finalTokens(remask: Remask, job: Job, index = 0): Promise<number[]> {
  return remask.page.evaluate(async ({ id, at }) => {
    const answer = await fetch(`api/jobs/${id}/candidates/${at}/trail`)
    const tokens = [...new Uint16Array(await answer.arrayBuffer())]
    const count = Number(answer.headers.get('remask-rows')) * Number(answer.headers.get('remask-columns'))
    return tokens.slice(-count)
  }, { id: job.id, at: index })
}

test('a candidate is dragged back through its steps, and another way begins there under other words', async ({ remask, start }) => {
  const { page } = remask
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('a green meadow')
  await editor.tray.waitUntilDone(1)
  const steps = editor.tray.element.getByRole('slider', { name: CANDIDATE_STRINGS.steps })
  const whole = await editor.canvas.element.screenshot()
  await steps.focus()
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowLeft')
  await expect(steps).toHaveAttribute('aria-valuenow', String(STARTER.steps - 6))
  await expect.poll(async () => (await editor.canvas.element.screenshot()).equals(whole)).toBe(false)
  await page.screenshot(shot('scrub'))
  const goOn = editor.tray.element.getByRole('button', { name: CANDIDATE_STRINGS.goOn })
  await expect(goOn).toBeVisible()
  expect(await findViolations(page)).toEqual([])

  await editor.promptBox.input.fill('a desert at night')
  await goOn.click()
  // The first run's candidate is in the tray until the second one's comes.
  await expect.poll(async () => (await readJobs(remask))[1]?.state, RUN_WITHIN).toBe('done')
  await editor.tray.waitUntilDone(1)
  const [, branch] = await readJobs(remask)
  expect(branch!.request).toMatchObject({ prompt: 'a desert at night', start: { step: STARTER.steps - 6 } })
  expect(branch!.stepCount).toBe(6)
  const history = await editor.openHistory()
  await expect(history.entry('go-on')).toBeVisible()
  await page.screenshot(shot('branch'))
  await editor.undo()
  await expect(editor.tray.element).toBeHidden()
  await history.entries.getByRole('button', { name: /a green meadow/ }).first().click()
  await expect(editor.tray.candidate(1)).toBeVisible()

  // The steps are on disk: they are there after a restart.
  await remask.close()
  await remask.open()
  const again = await start.openDocument('a green meadow')
  await expect(again.tray.element.getByRole('slider', { name: CANDIDATE_STRINGS.steps })).toBeVisible()
})

test('pinned cells stay in the next try, with a mark, and can be let go', async ({ remask, start }) => {
  const { page } = remask
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('a lake at sunset')
  await editor.tray.waitUntilDone(1)
  await editor.press('t')
  await expect(editor.button('tool.pin')).toHaveAttribute('aria-pressed', 'true')
  const unpinned = await editor.canvas.element.screenshot()
  await editor.canvas.drag(inPicture(36, 36), inPicture(60, 36))
  await editor.expectUndo('pin-cells')
  await page.mouse.move(4, 400)
  await expect.poll(async () => (await editor.canvas.element.screenshot()).equals(unpinned)).toBe(false)
  await page.screenshot(shot('pins'))
  await editor.promptBox.ask('a lake at sunset')
  // The first run's candidate is in the tray until the second one's comes.
  await expect.poll(async () => (await readJobs(remask))[1]?.state, RUN_WITHIN).toBe('done')
  await editor.tray.waitUntilDone(1)
  const [first, second] = await readJobs(remask)
  const pins = second!.request.pins ?? []
  expect(pins.length).toBeGreaterThanOrEqual(3)
  const [before, after] = [await finalTokens(remask, first!), await finalTokens(remask, second!)]
  for (const { x, y, cellSize, token } of pins) {
    const position = (y / cellSize) * STARTER.columns + x / cellSize
    expect(after[position]).toBe(before[position])
    expect(after[position]).toBe(token)
  }
  expect(after).not.toEqual(before)
  await page.getByRole('button', { name: TOOL_STRINGS.clearPins }).click()
  await editor.expectUndo('clear-pins')
  await editor.undo()
  await editor.expectUndo('start-run')
})

test('cells that look alike become a mask, and only they change', async ({ remask, start, inFolder }) => {
  const { page } = remask
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('a green meadow')
  await editor.tray.accept(1)
  await editor.press('a')
  await expect(editor.button('tool.likeness')).toHaveAttribute('aria-pressed', 'true')
  const untouched = await editor.canvas.element.screenshot()
  await editor.canvas.drag(inPicture(20, 20), inPicture(20, 20))
  const slider = page.getByRole('slider', { name: TOOL_STRINGS.likeness })
  await expect(slider).toBeVisible(RUN_WITHIN)
  const countOf = async () => Number.parseInt((await slider.getAttribute('aria-valuetext'))?.replaceAll(/\D/g, '') ?? '')
  await slider.focus()
  await page.keyboard.press('Home')
  const same = await countOf()
  expect(same).toBeGreaterThanOrEqual(1)
  await page.keyboard.press('End')
  expect(await countOf()).toBeGreaterThan(same)
  await page.keyboard.press('Home')
  for (let i = 0; i < 3; i++) await page.keyboard.press('PageUp')
  const count = await countOf()
  await expect.poll(async () => (await editor.canvas.element.screenshot()).equals(untouched)).toBe(false)
  await page.screenshot(shot('likeness'))
  expect(await findViolations(page)).toEqual([])
  await page.getByRole('button', { name: TOOL_STRINGS.maskAlike }).click()
  await editor.expectUndo('mask-alike')
  const before = await readPicture(remask)
  const saved = await remask.running.answerSaveDialog(inFolder('mask.png'))
  await editor.chooseInMaskMenu('mask.save')
  await saved()
  const mask = await readPictureFile(inFolder('mask.png'))
  let maskedPixelCount = 0
  for (let at = 0; at < mask.data.length; at += 4) if (mask.data[at]! > 0) maskedPixelCount++
  expect(maskedPixelCount).toBe(count * STARTER.cellSize ** 2)
  await editor.promptBox.ask('night')
  await editor.tray.accept(1)
  await expect.poll(async () => findDifference(before, await readPicture(remask))).not.toBeNull()
  expect(countChanges(before, await readPicture(remask), mask).outside).toBe(0)
})

test('candidates stand best match first once the run has ended, and keys follow', async ({ remask, start }) => {
  const { page } = remask
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(4)
  await editor.promptBox.ask('a beach in the morning')
  await editor.tray.waitUntilDone(4)
  await expect(editor.tray.element.getByText(/^Best match of 4: by /)).toBeVisible()
  await page.screenshot(shot('order'))
  const [job] = await readJobs(remask)
  const { indexes, reason } = orderCandidates(job!.candidates as Candidate[])
  expect(reason).not.toBeNull()
  const cards = editor.tray.element.locator('[data-candidate]')
  await expect.poll(() => cards.evaluateAll((all) => all.map((card) => Number(card.getAttribute('data-candidate'))))).toEqual(indexes)
  // One ring: the shown card has the focus, also where the one that had it was not the best, and where another is pointed at.
  await expect(cards.first()).toHaveAttribute('aria-current', 'true')
  await expect(cards.first()).toBeFocused()
  await editor.tray.card(3).hover()
  await expect(editor.tray.card(3)).toHaveAttribute('aria-current', 'true')
  await expect(editor.tray.card(3)).toBeFocused()

  await editor.tray.element.getByRole('button', { name: 'Best Match First' }).click()
  await expect.poll(() => cards.evaluateAll((all) => all.map((card) => Number(card.getAttribute('data-candidate'))))).toEqual([0, 1, 2, 3])
  await editor.tray.element.getByRole('button', { name: 'Best Match First' }).click()
  await page.mouse.move(4, 400)
  await expect.poll(() => cards.evaluateAll((all) => all.map((card) => Number(card.getAttribute('data-candidate'))))).toEqual(indexes)
  await page.keyboard.press('Alt+2')
  await expect(editor.tray.element).toBeHidden()
  const second = job!.candidates.find(({ index }) => index === indexes[1])!
  await expect.poll(async () => (await remask.fetchJson<{ picture: string }>(`documents/${editor.id}`)).picture).toBe(second.imageId)
})

test('how long it takes is known before it is started, from the second run on', async ({ remask, start }) => {
  const { page } = remask
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('a green meadow')
  await editor.tray.accept(1)
  await editor.promptBox.ask('a green meadow')
  await editor.tray.waitUntilDone(1)
  const note = page.getByTitle(RUN_STRINGS.aboutHint)
  await expect(note).toBeVisible()
  await expect(note).toHaveText(/^about /)
  expect(Number(await note.getAttribute('data-estimate'))).toBeGreaterThan(0)
  await page.screenshot(shot('estimate'))
})
