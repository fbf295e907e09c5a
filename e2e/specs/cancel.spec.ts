import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import type { Editor } from '../pages/editor.ts'
import { readJobs } from '../pages/jobs.ts'
import { expect, test } from '../pages/pages.ts'
import { readPictureId } from '../pages/picture.ts'
import { RUN_WITHIN } from '../pages/timings.ts'
import type { StartScreen } from '../pages/start-screen.ts'

test.setTimeout(240_000)

test('stopping takes effect at once and leaves the canvas as it was', async ({ remask, start }) => {
  const editor = await startLongRun(start)
  await editor.promptBox.cancel.click()
  await expect(editor.tray.element).toBeHidden(RUN_WITHIN)
  const [stopped] = await readJobs(remask)
  expect(stopped).toMatchObject({ state: 'cancelled', candidates: [] })
  // A step takes less time than a click takes to arrive: that it is within one step is tested where steps are taken (electron/inference).
  expect(stopped!.step).toBeLessThan(stopped!.stepCount / 2)
  await expect(editor.promptBox.words('create')).toBeVisible()
  expect(await readPictureId(remask)).toBeNull()
})

test('stopping can keep what is there, to be compared and accepted', async ({ start }) => {
  const editor = await startLongRun(start)
  const { promptBox, tray } = editor
  await expect(promptBox.keep).toBeEnabled(RUN_WITHIN)
  await promptBox.keep.click()
  await expect(promptBox.progress).toBeHidden(RUN_WITHIN)
  await expect(tray.candidate(1)).toBeVisible(RUN_WITHIN)
  await expect(tray.element.getByText(CANDIDATE_STRINGS.partial).first()).toBeVisible()
  await tray.accept(1)
  await editor.expectUndo('accept-generate')
})

test('Ctrl+. stops from anywhere, Escape among the candidates too, and the next run starts at once', async ({ remask, start }) => {
  const editor = await startLongRun(start)
  const { promptBox, tray } = editor
  await promptBox.input.focus()
  await remask.page.keyboard.press('ControlOrMeta+.')
  await expect(tray.element).toBeHidden(RUN_WITHIN)
  await promptBox.input.press('Enter')
  await expect(tray.card(1)).toBeFocused(RUN_WITHIN)
  await remask.page.keyboard.press('Escape')
  await expect(tray.element).toBeHidden(RUN_WITHIN)
  await promptBox.setSteps(4)
  await promptBox.setCount(1)
  await promptBox.ask('a beach')
  await tray.waitUntilDone(1)
})

/** 64 steps and eight candidates: long enough to be stopped on any machine. */
async function startLongRun(start: StartScreen): Promise<Editor> {
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(8)
  await editor.promptBox.setSteps(64)
  await editor.promptBox.ask('a city at night')
  await expect(editor.promptBox.laterStep).toBeVisible(RUN_WITHIN)
  return editor
}
