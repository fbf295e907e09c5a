import { AxeBuilder } from '@axe-core/playwright'
import type { Job } from '../../electron/api/jobs.ts'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import type { Editor } from '../pages/editor.ts'
import { readJobs } from '../pages/jobs.ts'
import { expect, test } from '../pages/pages.ts'
import { countChanges, drawMask, findDifference, readPicture, readPictureFile } from '../pages/picture.ts'
import { inPicture, STARTER } from '../pages/starter-pack.ts'
import { RUN_WITHIN } from '../pages/timings.ts'
import type { Remask } from '../harness/remask.ts'

test.setTimeout(300_000)

const shot = (name: string) => ({ path: `test-results/patch-${name}.png` })
const { cellCount, columns } = STARTER

async function finalTokens({ page }: Remask, { id }: Job, index: number): Promise<number[]> {
  return page.evaluate(async (path) => {
    const answer = await fetch(path)
    const count = Number(answer.headers.get('remask-rows')) * Number(answer.headers.get('remask-columns'))
    return [...new Uint16Array(await answer.arrayBuffer())].slice(-count)
  }, `api/jobs/${id}/candidates/${index}/trail`)
}

const settleButton = ({ page }: Remask) => page.getByRole('button', { name: TOOL_STRINGS.settle, exact: true })

/** A run with two candidates, the patch tool in hand, a thin brush. */
async function drawTwo(remask: Remask, editor: Editor, prompt: string): Promise<void> {
  await editor.promptBox.setCount(2)
  await editor.promptBox.ask(prompt)
  await editor.tray.waitUntilDone(2)
  await editor.chooseTool('patch')
  const size = remask.page.getByRole('slider', { name: TOOL_STRINGS.size })
  await size.focus()
  await remask.page.keyboard.press('Home')
  for (let i = 0; i < 4; i++) await remask.page.keyboard.press('PageUp')
}

test('a part of one candidate is painted over another, the join is settled, and undo goes back to the paint', async ({ remask, start }) => {
  const { page } = remask
  const editor = await start.startNewDocument()
  await drawTwo(remask, editor, 'a green meadow')
  await expect(settleButton(remask)).toBeDisabled()
  const plain = await editor.canvas.element.screenshot()

  // What is painted is seen while the pointer is down; Escape gives the stroke up.
  const held = await editor.canvas.hold(inPicture(100, 20), inPicture(100, 100))
  await expect.poll(async () => (await editor.canvas.element.screenshot()).equals(plain)).toBe(false)
  await page.keyboard.press('Escape')
  await held.finish()
  await editor.expectUndo('start-run')

  // Up and down so closely that every cell at the right is painted, however small the pack's cells are.
  const lines = [106, 110, 114, 118, 122, 126].flatMap((x, i) => (i % 2 === 0 ? [inPicture(x, 2), inPicture(x, 126)] : [inPicture(x, 126), inPicture(x, 2)]))
  await editor.canvas.drag(...lines)
  await editor.expectUndo('patch-cells')
  await expect(settleButton(remask)).toBeEnabled()
  await page.mouse.move(4, 400)
  await page.screenshot(shot('painted'))
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.waitForTimeout(600)
  await page.screenshot(shot('painted-dark'))
  await page.emulateMedia({ colorScheme: 'light' })
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])

  // Alt takes paint off, as a step of its own.
  await editor.canvas.dragWith('Alt', inPicture(122, 4), inPicture(122, 12))
  await editor.expectUndo('unpatch-cells')
  await editor.undo()
  await editor.expectUndo('patch-cells')

  await editor.press('Enter')
  await expect.poll(async () => (await readJobs(remask))[1]?.state, RUN_WITHIN).toBe('done')
  await editor.tray.waitUntilDone(1)
  await editor.expectUndo('settle-patch')
  await page.screenshot(shot('settled'))
  const [run, settled] = await readJobs(remask)
  expect(settled!.request).toMatchObject({ count: 1, start: { step: 0 } })
  const candidates = [await finalTokens(remask, run!, 0), await finalTokens(remask, run!, 1)]
  const tokens = await finalTokens(remask, settled!, 0)
  // Far from the join, all is of one candidate or the other.
  const positions = Array.from({ length: cellCount }, (_, i) => i)
  const isOf = (index: number, isMeant: (share: number) => boolean) =>
    positions.filter((i) => isMeant((i % columns) / columns)).every((i) => tokens[i] === candidates[index]![i])
  const isLeft = (share: number) => share < 0.69
  const [base, over] = isOf(0, isLeft) ? [0, 1] : [1, 0]
  expect(isOf(base, isLeft)).toBe(true)
  expect(isOf(over, (share) => share > 0.93)).toBe(true)

  // Back to the paint, and from there to the candidates as they were.
  await editor.undo()
  await editor.tray.waitUntilDone(2)
  await editor.expectUndo('patch-cells')
  await expect(settleButton(remask)).toBeEnabled()
  await editor.redo()
  await editor.tray.accept(1)
  await editor.expectUndo('accept-generate')
})

test('what is settled inside a mask leaves every other pixel untouched, and can be cancelled', async ({ remask, start, photo, inFolder }) => {
  const { page } = remask
  const editor = await start.openPicture(photo)
  const before = await readPicture(remask)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([48, 32], [176, 128])
  await drawTwo(remask, editor, 'a green meadow')
  // Beyond the mask there is nothing to paint.
  await editor.canvas.drag([230, 20], [230, 60])
  await editor.expectUndo('start-run')
  await editor.canvas.drag([130, 40], [130, 120], [168, 120], [168, 40])
  await editor.expectUndo('patch-cells')
  await page.mouse.move(4, 400)
  await page.screenshot(shot('masked'))

  await settleButton(remask).click()
  // It takes a second: the key is quicker than the mouse.
  await editor.promptBox.cancel.waitFor()
  await page.keyboard.press('ControlOrMeta+.')
  await expect.poll(async () => (await readJobs(remask))[1]?.state, RUN_WITHIN).toBe('cancelled')
  await editor.undo()
  await editor.undo()
  await editor.expectUndo('patch-cells')

  await settleButton(remask).click()
  await expect.poll(async () => (await readJobs(remask))[2]?.state, RUN_WITHIN).toBe('done')
  await expect(editor.tray.receipt).toBeVisible()
  await editor.tray.accept(1)
  const after = await readPicture(remask)
  // A pixel more on each side: the mouse stands between pixels.
  await drawMask(inFolder('mask.png'), { width: 256, height: 192 }, { left: 47, top: 31, width: 130, height: 98 })
  expect(countChanges(before, after, await readPictureFile(inFolder('mask.png'))).outside).toBe(0)
  expect(findDifference(before, after)).not.toBeNull()
  await editor.undo()
  expect(findDifference(before, await readPicture(remask))).toBeNull()
})
