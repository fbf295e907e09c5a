import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './pages/pages.ts'
import { inPicture } from './pages/starter-pack.ts'
import { RUN_WITHIN } from './pages/timings.ts'
import type { Editor } from './pages/editor.ts'
import type { StartScreen } from './pages/start-screen.ts'

const folder = path.join(import.meta.dirname, '../assets/screenshots')

test('create: four candidates of a lion on the beach', async ({ remask, start }) => {
  await shoot(remask.page, await lion(start), 'create')
})

test('repaint: an owl where the lion was', async ({ remask, start }) => {
  const editor = await lion(start)
  const { promptBox, canvas, tray } = editor
  await tray.accept(1)
  await editor.chooseTool('rectangle')
  await canvas.drag(inPicture(20, 28), inPicture(108, 116))
  await promptBox.setSeed(1)
  await promptBox.ask('an owl on the beach on a sunny day')
  await tray.waitUntilDone(4)
  await shoot(remask.page, editor, 'repaint')
})

test('history: the lion’s beach, extended, with a mask for the next edit', async ({ remask, start }) => {
  const editor = await lion(start)
  const { promptBox, canvas, tray } = editor
  await tray.accept(1)
  await editor.chooseTool('frame')
  await canvas.drag(inPicture(128, 64), inPicture(192, 64))
  await promptBox.setSeed(3)
  await promptBox.ask('a sandy beach on a sunny day')
  await tray.waitUntilDone(4)
  await tray.accept(1)
  await editor.chooseTool('lasso')
  await canvas.drag(inPicture(138, 30), inPicture(150, 14), inPicture(172, 12), inPicture(184, 28), inPicture(170, 44), inPicture(146, 44), inPicture(138, 30))
  await editor.openHistory()
  await shoot(remask.page, editor, 'history')
})

async function lion(start: StartScreen): Promise<Editor> {
  const editor = await start.startNewDocument()
  await editor.promptBox.setSeed(23)
  await editor.promptBox.ask('a lion on the beach on a sunny day')
  await editor.tray.waitUntilDone(4)
  return editor
}

async function shoot(page: Page, editor: Editor, name: string): Promise<void> {
  await expect(editor.promptBox.progress).toBeHidden(RUN_WITHIN)
  // On the prompt box's words: there is neither a tooltip nor the brush's ring.
  await editor.promptBox.element.getByText(/\.$/).first().hover()
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  await page.waitForTimeout(800)
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' })
}
