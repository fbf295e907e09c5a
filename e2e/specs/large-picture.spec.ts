import sharp from 'sharp'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import { HISTORY_STRINGS } from '../../electron/api/strings/history.ts'
import { findNotice } from '../pages/notices.ts'
import { expect, test } from '../pages/pages.ts'

test('a large mask grows while the page stays awake, can be cancelled, and is one step', async ({ start, remask, inFolder }) => {
  const { page } = remask
  const photo = inFolder('large.jpg')
  await sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#7a8a99' } }).jpeg().toFile(photo)
  const editor = await start.openPicture(photo)
  await editor.chooseTool('brush')
  const size = page.getByRole('slider', { name: TOOL_STRINGS.size, exact: true })
  await size.focus()
  await page.keyboard.press('End')
  await editor.canvas.drag([600, 600], [3400, 700], [700, 2300])
  await editor.expectUndo('paint-mask')

  const progress = page.getByRole('progressbar', { name: new RegExp(HISTORY_STRINGS['grow-mask']) })
  await editor.press('Shift+BracketRight')
  await expect(progress).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(progress).toBeHidden()
  await editor.expectUndo('paint-mask')

  await editor.press('Shift+BracketRight')
  await editor.expectUndo('grow-mask')
  await expect(progress).toBeHidden()
  await editor.undo()
  await editor.expectUndo('paint-mask')
  await editor.expectRedo('grow-mask')

  // What is done meanwhile goes before it.
  await editor.press('Shift+BracketLeft')
  await editor.press('ControlOrMeta+d')
  await editor.expectUndo('clear-mask')
  await expect(findNotice(page, TOOL_STRINGS.maskWorkOutdated)).toBeVisible()
})
