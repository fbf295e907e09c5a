import { readFileSync } from 'node:fs'
import { CONNECTION_STRINGS } from '../../electron/api/strings/connection.ts'
import { JOB_ERRORS } from '../../electron/api/strings/jobs.ts'
import { RUN_STRINGS } from '../../electron/api/strings/prompt.ts'
import { START_SCREEN_STRINGS } from '../../electron/api/strings/start-screen.ts'
import type { Remask } from '../harness/remask.ts'
import { Editor } from '../pages/editor.ts'
import { expect, test } from '../pages/pages.ts'
import { readPicture } from '../pages/picture.ts'
import { StartScreen } from '../pages/start-screen.ts'
import { RUN_WITHIN } from '../pages/timings.ts'

test.setTimeout(300_000)

test('after kill -9 of everything, picture, mask, candidates, history, prompt and view are as they were', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([40, 40], [100, 100])
  await editor.chooseTool('brush')
  await editor.canvas.drag([120, 120], [160, 120])
  await editor.promptBox.setCount(2)
  await editor.promptBox.ask('a lake')
  await editor.tray.waitUntilDone(2)
  await editor.promptBox.input.fill('half a thought')
  await editor.press('ControlOrMeta+1')
  await expect(editor.zoom).toHaveText('100 %')
  const view = await editor.canvas.readView()
  const before = await readPicture(remask)

  const again = await killAndReopen(remask, 'photo')
  expect((await readPicture(remask)).data.equals(before.data)).toBe(true)
  await expect(again.tray.candidate(2)).toBeVisible()
  await expect(again.promptBox.input).toHaveValue('half a thought')
  await expect(again.zoom).toHaveText('100 %')
  await expect(again.button('tool.brush')).toHaveAttribute('aria-pressed', 'true')
  expect(await again.canvas.readView()).toMatchObject({ centreX: view.centreX, centreY: view.centreY })
  const history = await again.openHistory()
  for (const label of ['place-picture', 'mask-rectangle', 'paint-mask'] as const) await expect(history.entry(label)).toBeVisible()
  await expect(history.run('inpaint')).toBeVisible()

  await again.tray.accept(2)
  await expect.poll(async () => (await readPicture(remask)).data.equals(before.data)).toBe(false)
  await again.undo()
  await again.undo()
  await again.expectUndo('paint-mask')
  await again.undo()
  await again.expectUndo('mask-rectangle')
  await again.redo()
  await again.expectUndo('paint-mask')
})

test('a run that was going on at the kill is shown as interrupted, and Retry makes it', async ({ remask, start }) => {
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(2)
  await editor.promptBox.setSteps(64)
  await editor.promptBox.ask('a city at night')
  await expect(editor.promptBox.laterStep).toBeVisible(RUN_WITHIN)

  await remask.kill()
  await remask.open()
  const again = new StartScreen(remask)
  await expect(again.card('a city at night').getByText(START_SCREEN_STRINGS.interrupted)).toBeVisible()
  const reopened = await again.openDocument('a city at night')
  await expect(reopened.tray.problem).toContainText(RUN_STRINGS.interruptedTitle)
  await reopened.tray.retry.click()
  await reopened.tray.waitUntilDone(2)
  await reopened.tray.accept(1)
  await reopened.expectUndo('accept-generate')
})

test('the model’s process killed during a step: it is said, started again, and Retry works', async ({ remask, start, photo }) => {
  allowGoneProcess(remask)
  const editor = await start.openPicture(photo)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([40, 40], [100, 100])
  const before = await readPicture(remask)
  await editor.promptBox.setCount(2)
  await editor.promptBox.setSteps(64)
  await editor.promptBox.ask('a lake')
  await expect(editor.promptBox.laterStep).toBeVisible(RUN_WITHIN)
  killInference(remask)

  await expect(editor.tray.problem).toContainText(JOB_ERRORS.inferenceStopped, RUN_WITHIN)
  expect((await readPicture(remask)).data.equals(before.data)).toBe(true)
  await editor.tray.retry.click()
  await editor.tray.waitUntilDone(2)
  await editor.tray.accept(1)
  await editor.expectUndo('accept-inpaint')
  await editor.undo()
  await editor.expectUndo('start-run')
})

test('the model’s process killed while it loads is started again, and runs work', async ({ remask, start }) => {
  allowGoneProcess(remask)
  await expect.poll(() => remask.findInferencePid(), { intervals: [20] }).toBeDefined()
  killInference(remask)
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(1)
  await editor.promptBox.ask('a beach')
  await expect(editor.tray.candidate(1).or(editor.tray.retry)).toBeVisible(RUN_WITHIN)
  if (await editor.tray.retry.isVisible()) await editor.tray.retry.click()
  await editor.tray.accept(1)
})

test('the engine killed under an open page: it is said, painting goes on, and nothing written is lost', async ({ remask, start, photo }) => {
  test.skip(remask.host === 'desktop', 'there the window goes with the engine')
  const editor = await start.openPicture(photo)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([40, 40], [100, 100])
  await expect.poll(() => readLineCount(remask)).toBe(2)
  remask.guard.allow(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|EngineError|engine does not answer/)
  process.kill(remask.running.pid, 'SIGKILL')
  await expect(remask.page.getByText(CONNECTION_STRINGS.reconnecting)).toBeVisible()
  await editor.press('ControlOrMeta+Shift+i')
  await editor.expectUndo('invert-mask')
  const again = await killAndReopen(remask, 'photo')
  await again.expectUndo('mask-rectangle')
})

test('killed while a stroke is drawn, all strokes before it are there', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('brush')
  for (const y of [40, 70, 100]) await editor.canvas.drag([40, y], [120, y])
  await editor.expectUndo('paint-mask')
  await expect.poll(() => readLineCount(remask)).toBe(4)
  await editor.canvas.hold([40, 130], [120, 130])
  const again = await killAndReopen(remask, 'photo')
  await expect((await again.openHistory()).entry('paint-mask')).toHaveCount(3)
  await expect(again.promptBox.words('remove')).toBeVisible()
})

async function killAndReopen(remask: Remask, name: string): Promise<Editor> {
  await remask.kill()
  await remask.open()
  const editor = new Editor(remask)
  // The desktop's window opens on the start screen; so does a page with a new address.
  const start = new StartScreen(remask)
  await expect(start.card(name)).toBeVisible()
  await start.openDocument(name)
  return editor
}

function killInference(remask: Remask): void {
  const pid = remask.findInferencePid()
  if (pid === undefined) throw new Error('The inference process is not running')
  process.kill(pid, 'SIGKILL')
}

/** What asks for something the gone process was about to make gets none. */
function allowGoneProcess(remask: Remask): void {
  remask.guard.allow(/(500|503) \(.*\) .*\/(load|check-prompt)/)
}

/** Of the open document's log on disk. */
function readLineCount(remask: Remask): number {
  const id = new URL(remask.page.url()).hash.replace('#/documents/', '')
  return readFileSync(`${remask.dataFolder}/documents/${id}/log.ndjson`, 'utf8').trim().split('\n').length
}
