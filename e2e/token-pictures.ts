import type { Page } from '@playwright/test'
import { ANALYSIS_STRINGS } from '../electron/api/strings/analyses.ts'
import { CANDIDATE_STRINGS } from '../electron/api/strings/candidates.ts'
import { TOOL_STRINGS } from '../electron/api/strings/editor.ts'
import type { Editor } from './pages/editor.ts'
import { readJobs } from './pages/jobs.ts'
import { expect, test } from './pages/pages.ts'
import { writeStrip } from './pages/picture-strip.ts'
import type { StartScreen } from './pages/start-screen.ts'
import { inPicture, STARTER } from './pages/starter-pack.ts'
import { RUN_WITHIN } from './pages/timings.ts'
import type { Remask } from './harness/remask.ts'

// The README's table of edits: what works on single tokens, as it is seen on the canvas.

/** A run with one candidate, a screen pixel a pixel: marks that are larger beside it can be seen in the small. */
async function draw(start: StartScreen, prompt: string, seed: number): Promise<Editor> {
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(1)
  await editor.promptBox.setSeed(seed)
  await editor.promptBox.ask(prompt)
  await editor.tray.waitUntilDone(1)
  await editor.press('ControlOrMeta+1')
  return editor
}

async function accept(editor: Editor): Promise<void> {
  await editor.tray.accept(1)
  await editor.expectUndo('accept-generate')
  await editor.press('ControlOrMeta+1')
}

/** The picture alone, with the mouse where it changes nothing. */
async function shoot(page: Page, { canvas }: Editor): Promise<Buffer> {
  await page.mouse.move(4, 400)
  return canvas.shoot({ x: 0, y: 0, width: STARTER.width, height: STARTER.height })
}

/** As soon as it looks like none of those. */
async function shootOther(page: Page, editor: Editor, known: readonly Buffer[]): Promise<Buffer> {
  let shot = await shoot(page, editor)
  await expect(async () => {
    shot = await shoot(page, editor)
    expect(known.some((other) => other.equals(shot))).toBe(false)
  }).toPass(RUN_WITHIN)
  return shot
}

/** The second run's candidate takes the place of the first one's. */
async function waitForSecondRun(remask: Remask, { tray }: Editor): Promise<void> {
  await expect.poll(async () => (await readJobs(remask))[1]?.state, RUN_WITHIN).toBe('done')
  await tray.waitUntilDone(1)
}

test('pins: cells of a lake stay in the next try', async ({ remask, start }) => {
  const editor = await draw(start, 'a lake at sunset', 4)
  await editor.chooseTool('pin')
  const rows = [44, 52, 60].flatMap((y, i) => (i % 2 === 0 ? [inPicture(20, y), inPicture(108, y)] : [inPicture(108, y), inPicture(20, y)]))
  await editor.canvas.drag(...rows)
  await editor.expectUndo('pin-cells')
  const pinned = await shoot(remask.page, editor)
  await editor.promptBox.setSeed(5)
  await editor.promptBox.ask('a lake at night')
  await waitForSecondRun(remask, editor)
  await writeStrip('pins', pinned, await shoot(remask.page, editor))
})

const HOUSE = 'a red house in a green meadow on a sunny day'

/** Where a picture is not settled yet. */
const EARLY_STEP = 2

test('steps: a house in a meadow is dragged back, and goes on from there by a lake', async ({ remask, start }) => {
  const { page } = remask
  const editor = await draw(start, HOUSE, 3)
  const end = await shoot(page, editor)
  const steps = editor.tray.element.getByRole('slider', { name: CANDIDATE_STRINGS.steps })
  await steps.focus()
  for (let i = STARTER.steps; i > EARLY_STEP; i--) await page.keyboard.press('ArrowLeft')
  await expect(steps).toHaveAttribute('aria-valuenow', String(EARLY_STEP))
  const early = await shootOther(page, editor, [end])
  await editor.promptBox.input.fill('a red house by a lake on a sunny day')
  await editor.tray.element.getByRole('button', { name: CANDIDATE_STRINGS.goOn }).click()
  await waitForSecondRun(remask, editor)
  await writeStrip('steps', end, early, await shoot(page, editor))
})

test('alike: a click on the sky selects it', async ({ remask, start }) => {
  const { page } = remask
  const editor = await draw(start, 'a green meadow on a sunny day', 1)
  await accept(editor)
  const plain = await shoot(page, editor)
  await editor.chooseTool('likeness')
  await editor.canvas.drag(inPicture(20, 16), inPicture(20, 16))
  await expect(page.getByRole('slider', { name: TOOL_STRINGS.likeness })).toBeVisible(RUN_WITHIN)
  await writeStrip('alike', plain, await shoot(page, editor))
})

test('surprises: what does not fit is numbered', async ({ remask, start }) => {
  const { page } = remask
  const editor = await draw(start, HOUSE, 3)
  await accept(editor)
  const plain = await shoot(page, editor)
  await editor.press('u')
  const panel = page.getByRole('region', { name: ANALYSIS_STRINGS.titles.surprises })
  await expect(panel.getByRole('button', { name: /^1 · / })).toBeVisible(RUN_WITHIN)
  await writeStrip('surprises', plain, await shoot(page, editor))
})

test('words: where “house” and where “red” mattered', async ({ remask, start }) => {
  const { page } = remask
  const editor = await draw(start, HOUSE, 3)
  const plain = await shoot(page, editor)
  const words = editor.tray.element.getByRole('group', { name: ANALYSIS_STRINGS.words })
  const shots = [plain]
  for (const word of ['house', 'red']) {
    await words.getByRole('button', { name: ANALYSIS_STRINGS.wordMattered(word) }).focus()
    shots.push(await shootOther(page, editor, shots))
  }
  await writeStrip('words', ...shots)
})
