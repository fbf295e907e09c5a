import { PACK_ERRORS, EDIT_NAMES } from '../../electron/api/strings/jobs.ts'
import { EDIT_OPTION_STRINGS as OPTIONS } from '../../electron/api/strings/edit-options.ts'
import { OPTION_STRINGS } from '../../electron/api/strings/prompt.ts'
import { RECIPE_STRINGS } from '../../electron/api/strings/recipe.ts'
import type { Editor } from '../pages/editor.ts'
import { readJobs } from '../pages/jobs.ts'
import { expect, test } from '../pages/pages.ts'
import { findDifference, type Picture, readPicture } from '../pages/picture.ts'
import type { Remask } from '../harness/remask.ts'
import { addStyledPack } from '../pages/styled-pack.ts'

test.setTimeout(300_000)

// The photo is 256 × 192 pixels of noise: nothing of it stays as it was by chance. Points lie in the middle of pixels.

const MASKED = { isMasked: true, sides: [] }
const HOLE = { left: 64, top: 48, right: 127, bottom: 111 }

test('varying draws the picture anew, more or less of it, and undo brings back every byte', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, tray } = editor
  const before = await readPicture(remask)
  await promptBox.setCount(1)
  await promptBox.choose('vary')
  const strength = promptBox.option('strength')
  await strength.press('Home')
  await expect(strength).toHaveAttribute('aria-valuetext', 'a little')
  await promptBox.input.press('Enter')
  await tray.waitUntilDone(1)
  await expect(tray.receipt).toBeVisible()
  await tray.accept(1)
  await editor.expectUndo('accept-vary')
  const little = await readPicture(remask)

  // Strength 1 starts with nothing known.
  await strength.press('End')
  await expect(strength).toHaveAttribute('aria-valuetext', 'all of it')
  await promptBox.ask('une plage 🏖 на закате 海')
  await tray.accept(1)
  await expect.poll(() => isSame(remask, little)).toBe(false)
  expect((await readJobs(remask)).map(({ request }) => request)).toMatchObject([{ strength: 0.05 }, { strength: 1, prompt: 'une plage 🏖 на закате 海' }])

  await editor.undo()
  await editor.undo()
  await editor.undo()
  await editor.undo()
  await expect.poll(() => isSame(remask, before)).toBe(true)
})

test('removing needs no words and changes nothing outside the mask', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, tray } = editor
  await paintHole(editor)
  const before = await readPicture(remask)
  await promptBox.setCount(2)
  await expect(promptBox.words('remove')).toBeVisible()
  await promptBox.input.press('Enter')
  await tray.waitUntilDone(2)
  await expect(tray.receipt).toHaveText(/^9\d(\.\d)? % of your picture untouched, checked$|^8\d(\.\d)? % of your picture untouched, checked$/)
  await tray.accept(2)
  await editor.expectUndo('accept-remove')
  await expect.poll(() => isSame(remask, before)).toBe(false)
  expect(findDifference(before, await readPicture(remask))).toEqual(HOLE)
  await editor.undo()
  await expect.poll(() => isSame(remask, before)).toBe(true)
  await expect(tray.candidate(1)).toBeVisible()
})

test('restyling takes one of the pack’s styles, inside the mask where there is one', async ({ remask, start, photo }) => {
  await addStyledPack(remask)
  const editor = await start.openPicture(photo)
  const { promptBox, tray } = editor
  await paintHole(editor)
  const before = await readPicture(remask)
  await promptBox.setCount(1)
  await promptBox.choose('restyle', MASKED)
  await promptBox.input.press('Enter')
  await expect(promptBox.missingWords('restyle')).toBeVisible()
  await promptBox.style('Watercolour').click()
  await promptBox.style('Neon').click()
  await expect(promptBox.style('Neon')).toHaveAttribute('aria-pressed', 'true')
  await expect(promptBox.style('Neon').locator('img')).toHaveJSProperty('complete', true)
  await expect(promptBox.input).toHaveValue('neon art')
  await promptBox.input.press('Enter')
  await tray.accept(1)
  await editor.expectUndo('accept-restyle')
  await expect.poll(() => isSame(remask, before)).toBe(false)
  expect(findDifference(before, await readPicture(remask))).toEqual(HOLE)
})

test('words alone change an opened photo; how much and in how many steps is remembered, and can be reset', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, tray } = editor
  const before = await readPicture(remask)
  await promptBox.setCount(1)
  await promptBox.setSteps(5)
  await promptBox.option('share').press('End')
  await promptBox.ask('a green meadow')
  await tray.waitUntilDone(1)
  await editor.tray.element.getByRole('button', { name: RECIPE_STRINGS.open }).click()
  const recipe = remask.page.getByRole('dialog', { name: RECIPE_STRINGS.title })
  await expect(recipe).toContainText('a green meadow')
  await expect(recipe).toContainText(OPTIONS.steps.label)
  await remask.page.keyboard.press('Escape')
  await tray.accept(1)
  await editor.expectUndo('accept-retouch')
  await expect.poll(() => isSame(remask, before)).toBe(false)
  const [job] = await readJobs(remask)
  expect(job?.request).toMatchObject({ kind: 'retouch', share: 0.32, steps: 5 })

  await promptBox.choose('vary')
  const more = await promptBox.openMore()
  await expect(more.getByRole('spinbutton', { name: OPTIONS.steps.label })).toHaveValue('')
  await promptBox.closeMore()
  await remask.page.reload()
  await promptBox.choose('retouch')
  await promptBox.openMore()
  await expect(more.getByRole('spinbutton', { name: OPTIONS.steps.label })).toHaveValue('5')
  await more.getByRole('button', { name: OPTION_STRINGS.reset(OPTIONS.steps.label) }).click()
  await expect(more.getByRole('spinbutton', { name: OPTIONS.steps.label })).toHaveValue('')
})

test('replacing the background keeps every byte of what is painted over', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, tray } = editor
  await paintHole(editor)
  const before = await readPicture(remask)
  await promptBox.setCount(1)
  await promptBox.choose('replace-background')
  await promptBox.ask('a city at night')
  await tray.accept(1)
  await editor.expectUndo('accept-replace-background')
  await expect.poll(() => isSame(remask, before)).toBe(false)
  const after = await readPicture(remask)
  expect(findDifference(before, after)).toEqual({ left: 0, top: 0, right: 255, bottom: 191 })
  expect(countChangesIn(before, after, HOLE)).toBe(0)
})

test('what is chosen under More reaches the engine, for this kind of edit only', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, tray } = editor
  await paintHole(editor)
  await promptBox.setCount(1)
  const more = await promptBox.openMore()
  const choose = (label: string, choice: string) =>
    more.getByRole('radiogroup', { name: label }).getByRole('radio', { name: choice, exact: true }).click()
  await choose(OPTIONS.decodingOrder.label, OPTIONS.decodingOrder.choices.halton)
  await choose(OPTIONS.isDetailed.label, OPTIONS.isDetailed.choices.true)
  await choose(OPTIONS.edgeBand.label, OPTIONS.edgeBand.choices.null)
  await choose(OPTIONS.isColourMatched.label, OPTIONS.isColourMatched.choices.false)
  await more.getByRole('slider', { name: OPTIONS.surroundings.label }).press('End')
  await promptBox.closeMore()
  await promptBox.ask('a lake')
  await tray.waitUntilDone(1)
  const [job] = await readJobs(remask)
  expect(job?.request).toMatchObject({
    kind: 'inpaint', decodingOrder: 'halton', isDetailed: true, edgeBand: 8, isColourMatched: false, surroundings: 2,
  })
  await tray.dismiss.click()
  await promptBox.choose('vary', MASKED)
  await promptBox.input.press('Enter')
  await tray.waitUntilDone(1)
  expect((await readJobs(remask)).at(-1)?.request).toMatchObject({ kind: 'vary', isDetailed: false, edgeBand: 0, isColourMatched: true })
})

test('an edit the pack cannot do is shown, says why, and cannot be chosen', async ({ remask, start, photo }) => {
  await addStyledPack(remask, { edits: ['generate', 'inpaint', 'retouch'] })
  const editor = await start.openPicture(photo)
  const { promptBox } = editor
  await promptBox.editSwitch.click()
  await expect(promptBox.offer('vary')).toHaveAttribute('aria-disabled', 'true')
  await expect(promptBox.offer('vary')).toContainText(PACK_ERRORS.cannotEdit('Styled', EDIT_NAMES.vary, 'Starter'))
  await promptBox.offer('vary').click({ force: true })
  await expect(promptBox.offer('retouch')).toBeVisible()
})

test('an edit of the whole picture can be stopped, and tried again', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, tray } = editor
  const before = await readPicture(remask)
  await promptBox.setCount(2)
  await promptBox.setSteps(64)
  await promptBox.ask('a beach')
  await expect(promptBox.laterStep).toBeVisible({ timeout: 120_000 })
  await promptBox.cancel.click()
  await expect(tray.element).toBeHidden()
  expect(await isSame(remask, before)).toBe(true)
  await promptBox.setSteps(2)
  await promptBox.input.press('Enter')
  await tray.waitUntilDone(2)
  await tray.accept(1)
  await editor.expectUndo('accept-retouch')
})

async function paintHole(editor: Editor): Promise<void> {
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([HOLE.left + 0.5, HOLE.top + 0.5], [HOLE.right + 0.5, HOLE.bottom + 0.5])
  await editor.expectUndo('mask-rectangle')
}

async function isSame(remask: Remask, before: Picture): Promise<boolean> {
  return (await readPicture(remask)).data.equals(before.data)
}

function countChangesIn(before: Picture, after: Picture, { left, top, right, bottom }: typeof HOLE): number {
  let count = 0
  for (let y = top; y <= bottom; y++) {
    const [from, to] = [(y * before.width + left) * 4, (y * before.width + right + 1) * 4]
    if (before.data.compare(after.data, from, to, from, to) !== 0) count++
  }
  return count
}
