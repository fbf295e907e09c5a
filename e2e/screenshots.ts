import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './pages/pages.ts'
import { RUN_WITHIN } from './pages/timings.ts'
import type { Editor } from './pages/editor.ts'

const folder = path.join(import.meta.dirname, '../assets/screenshots')

test('create: four candidates of a skyline at night', async ({ remask, start }) => {
  const editor = await start.startNewDocument()
  await editor.promptBox.setSeed(21)
  await editor.promptBox.ask('a city skyline at night')
  await editor.tray.waitUntilDone(4)
  await remask.page.keyboard.press('ArrowRight')
  await shoot(remask.page, editor, 'create')
})

test('repaint: fireworks painted into a night sky', async ({ remask, start }) => {
  const editor = await start.startNewDocument()
  const { promptBox, canvas, tray } = editor
  await promptBox.setSeed(21)
  await promptBox.ask('a city skyline at night')
  await tray.waitUntilDone(4)
  await tray.accept(2)
  await editor.chooseTool('brush')
  await editor.press('[', '[', '[')
  await canvas.drag([28, 30], [50, 22], [76, 26], [100, 34], [64, 40], [34, 36])
  await promptBox.setSeed(5)
  await promptBox.ask('fireworks in the night sky')
  await tray.waitUntilDone(4)
  await shoot(remask.page, editor, 'repaint')
})

test('history: a meadow with a rainbow, repainted and extended', async ({ remask, start }) => {
  const editor = await start.startNewDocument()
  const { promptBox, canvas, tray } = editor
  await promptBox.setSeed(3)
  await promptBox.ask('a green meadow with a rainbow')
  await tray.waitUntilDone(4)
  await tray.accept(1)
  await editor.chooseTool('frame')
  await canvas.drag([128, 64], [192, 64])
  await promptBox.ask('a green meadow with a rainbow')
  await tray.waitUntilDone(4)
  await tray.accept(2)
  await editor.chooseTool('rectangle')
  await canvas.drag([8, 8], [56, 48])
  await editor.openHistory()
  await shoot(remask.page, editor, 'history')
})

async function shoot(page: Page, editor: Editor, name: string): Promise<void> {
  await expect(editor.promptBox.progress).toBeHidden(RUN_WITHIN)
  // Neither a tooltip nor a notice, nor a brush over the picture.
  await page.mouse.move(1359, 859)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  await page.waitForTimeout(800)
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' })
}
