import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import { expect, test } from '../pages/pages.ts'
import { readPictureFile } from '../pages/picture.ts'
import { drawWithPen, pinch } from '../pages/touch-and-pen.ts'

test('two fingers zoom and move the view, and paint nothing', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('brush')
  const { box, zoom, centreX } = await editor.canvas.readView()
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const apart = (distance: number, shift = 0) =>
    [{ x: middle.x - distance + shift, y: middle.y }, { x: middle.x + distance + shift, y: middle.y }] as const
  await pinch(remask.page, apart(60), apart(120))
  const zoomed = await editor.canvas.readView()
  expect(zoomed.zoom / zoom).toBeCloseTo(2, 1)
  expect(zoomed.centreX).toBeCloseTo(centreX, 0)
  await pinch(remask.page, apart(80), apart(80, 100))
  const moved = await editor.canvas.readView()
  expect(moved.zoom).toBeCloseTo(zoomed.zoom, 1)
  expect((zoomed.centreX - moved.centreX) * moved.zoom).toBeCloseTo(100, -1)
  await editor.expectUndo('place-picture')
})

test('a pen that is pressed harder paints broader, where that is wanted', async ({ remask, start, photo, inFolder }) => {
  const { page } = remask
  const editor = await start.openPicture(photo)
  await editor.chooseTool('brush')
  const pressure = page.getByRole('button', { name: TOOL_STRINGS.pressure })
  await expect(pressure).toHaveAttribute('aria-pressed', 'true')
  const { box, zoom } = await editor.canvas.readView()
  const left = { x: box.x + box.width / 2 - 90 * zoom, y: box.y + box.height / 2 }
  const right = { ...left, x: left.x + 180 * zoom }
  const measure = async (name: string) => {
    const saved = await remask.running.answerSaveDialog(inFolder(name))
    await editor.chooseInMaskMenu('mask.save')
    await saved()
    const mask = await readPictureFile(inFolder(name))
    const heightAt = (x: number) => Array.from({ length: mask.height }, (_, y) => mask.data[(y * mask.width + x) * 4] ?? 0).filter((value) => value > 127).length
    return { light: heightAt(70), hard: heightAt(190) }
  }
  const pressures = Array.from({ length: 24 }, (_, i) => 0.15 + (0.85 * i) / 23)
  await drawWithPen(page, left, right, pressures)
  await editor.expectUndo('paint-mask')
  const felt = await measure('felt.png')
  expect(felt.light).toBeGreaterThan(0)
  expect(felt.hard).toBeGreaterThan(felt.light * 1.5)

  await editor.undo()
  await pressure.click()
  await drawWithPen(page, left, right, pressures)
  await editor.expectUndo('paint-mask')
  const unfelt = await measure('unfelt.png')
  expect(Math.abs(unfelt.hard - unfelt.light)).toBeLessThanOrEqual(1)
  expect(unfelt.hard).toBeGreaterThan(felt.light)
})

test('for those who want little motion nothing moves for long', async ({ remask, start }) => {
  const { page } = remask
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(1)
  await editor.promptBox.setSteps(40)
  await editor.promptBox.ask('a beach')
  await expect(editor.promptBox.progress).toBeVisible()
  const longest = await page.evaluate(() =>
    Math.max(0, ...document.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().endTime ?? 0))),
  )
  expect(longest).toBeLessThanOrEqual(1)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await expect
    .poll(() => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--motion-calm').trim()))
    .not.toMatch(/^0m?s$/)
})
