import sharp from 'sharp'
import { EDIT_ERRORS, EDIT_NAMES, PACK_ERRORS } from '../../electron/api/strings/jobs.ts'
import { MODELS_STRINGS } from '../../electron/api/strings/models-dialog.ts'
import { NOTICE_STRINGS } from '../../electron/api/strings/notices.ts'
import type { Editor } from '../pages/editor.ts'
import { readJobs } from '../pages/jobs.ts'
import { findNotice } from '../pages/notices.ts'
import { expect, test } from '../pages/pages.ts'
import { drawPhoto, findDifference, type Picture, readPicture } from '../pages/picture.ts'
import { addStyledPack } from '../pages/styled-pack.ts'
import type { Remask } from '../harness/remask.ts'

test.setTimeout(300_000)

// What people do by accident, in the page; what the engine makes of it is bad-input.test.ts's, equal words are looks.spec.ts's,
// files that are no pictures faults.spec.ts's. The photo is 256 × 192 pixels; points lie in the middle of pixels.

const WHOLE = { left: 0, top: 0, right: 255, bottom: 191 }
/** An answer that refuses what was asked for. */
const REFUSED = /status of 422/

/** A small run: one candidate of few steps. */
async function makeQuick({ promptBox }: Editor): Promise<void> {
  await promptBox.setCount(1)
  await promptBox.setSteps(2)
}

/** Waits for the next run, not for the tray: an earlier run's candidates may still stand in it. */
async function expectRunDone(remask: Remask, count: number): Promise<void> {
  await expect.poll(async () => (await readJobs(remask)).map(({ state }) => state), { timeout: 120_000 }).toEqual(Array(count).fill('done'))
}

async function expectChanged(remask: Remask, before: Picture): Promise<Picture> {
  await expect.poll(async () => (await readPicture(remask)).data.equals(before.data)).toBe(false)
  return readPicture(remask)
}

test('a mask that covers nothing is none: erased, drawn beside the picture, or loaded black', async ({ remask, start, photo, inFolder }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, canvas } = editor
  await editor.chooseTool('rectangle')
  await canvas.drag([40.5, 40.5], [99.5, 99.5])
  await expect(promptBox.words('remove')).toBeVisible()
  await canvas.dragWith('Alt', [30.5, 30.5], [110.5, 110.5])
  await editor.expectUndo('unmask-rectangle')
  await expect(promptBox.words('retouch')).toBeVisible()

  // Beside the picture there is nothing to paint on: no step to undo either.
  await canvas.drag([-60, 40], [-20, 120])
  await editor.chooseTool('lasso')
  await canvas.drag([300, 40], [330, 40], [330, 120], [300, 40])
  await editor.expectUndo('unmask-rectangle')
  await editor.chooseTool('brush')
  await canvas.drag([-80, 40], [-80, 120])
  await expect(promptBox.words('retouch')).toBeVisible()

  await sharp({ create: { width: 256, height: 192, channels: 3, background: 'black' } }).toFile(inFolder('black.png'))
  await remask.running.answerOpenDialog([inFolder('black.png')])
  await editor.chooseInMaskMenu('mask.load')
  await editor.expectUndo('load-mask')
  await expect(promptBox.words('retouch')).toBeVisible()
  await editor.press('Enter')
  await expect(promptBox.missingWords('retouch')).toBeVisible()
  await expect(promptBox.input).toBeFocused()
  expect(await readJobs(remask)).toEqual([])
})

test('of a mask that reaches beyond the picture, what lies on it counts', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const before = await readPicture(remask)
  await makeQuick(editor)
  await editor.chooseTool('rectangle')
  await editor.canvas.drag([-40, 100.5], [19.5, 150.5])
  await editor.promptBox.ask('a lake')
  await editor.tray.accept(1)
  await editor.expectUndo('accept-inpaint')
  expect(findDifference(before, await expectChanged(remask, before))).toEqual({ left: 0, top: 100, right: 19, bottom: 150 })
})

test('a mask over all of the picture leaves no background to replace, which is said; it can be repainted whole', async ({ remask, start, photo }) => {
  const { page, guard } = remask
  const editor = await start.openPicture(photo)
  const { promptBox, tray } = editor
  const before = await readPicture(remask)
  await makeQuick(editor)
  await editor.press('ControlOrMeta+a')
  await expect(promptBox.words('remove')).toBeVisible()
  await promptBox.choose('replace-background', { isMasked: true, sides: [] })
  guard.allow(REFUSED)
  await promptBox.ask('a beach')
  const notice = findNotice(page, EDIT_ERRORS.subjectWhole)
  await notice.getByRole('button', { name: NOTICE_STRINGS.remedies['paint-mask'] }).click()
  await expect(editor.button('tool.brush')).toHaveAttribute('aria-pressed', 'true')
  await editor.expectUndo('fill-mask')

  await promptBox.choose('repaint', { isMasked: true, sides: [] })
  await promptBox.input.press('Enter')
  await tray.accept(1)
  await editor.expectUndo('accept-inpaint')
  expect(findDifference(before, await expectChanged(remask, before))).toEqual(WHOLE)
})

test('a mask of one pixel changes that pixel', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { canvas, promptBox, tray } = editor
  const before = await readPicture(remask)
  await makeQuick(editor)
  await canvas.turnWheel([100.5, 60.5], 12)
  await editor.chooseTool('rectangle')
  const { zoom } = await canvas.readView()
  // A drag inside one pixel, long enough to be none of a shaky click's.
  expect(0.6 * zoom).toBeGreaterThan(4)
  await canvas.drag([100.2, 60.2], [100.8, 60.8])
  await editor.expectUndo('mask-rectangle')
  await promptBox.ask('a red house')
  await tray.waitUntilDone(1)
  await expect(tray.receipt).toHaveText('99.9 % of your picture untouched, checked')
  await tray.accept(1)
  await editor.expectUndo('accept-inpaint')
  expect(findDifference(before, await expectChanged(remask, before))).toEqual({ left: 100, top: 60, right: 100, bottom: 60 })
})

for (const [width, height] of [[3, 5], [61, 131]] as const) {
  test(`a picture of ${width} × ${height} pixels is changed, repainted, extended and enlarged like any other`, async ({ remask, start, inFolder }) => {
    await drawPhoto(inFolder('small.png'), width, height)
    const editor = await start.openPicture(inFolder('small.png'))
    const { promptBox, canvas, tray } = editor
    const before = await readPicture(remask)
    await makeQuick(editor)
    await promptBox.ask('make it red')
    await expectRunDone(remask, 1)
    await tray.accept(1)
    await editor.expectUndo('accept-retouch')
    await editor.undo()
    await tray.dismiss.click()

    await editor.chooseTool('rectangle')
    await canvas.drag([0.5, 0.5], [1.5, 2.5])
    await makeQuick(editor)
    await promptBox.input.fill('')
    await editor.press('Enter')
    await expectRunDone(remask, 2)
    await tray.accept(1)
    await editor.expectUndo('accept-remove')
    expect(findDifference(before, await expectChanged(remask, before))).toEqual({ left: 0, top: 0, right: 1, bottom: 2 })

    await editor.chooseTool('frame')
    await canvas.dragWith('Control', [width, height / 2], [width + 4, height / 2])
    await expect(promptBox.words('extend')).toBeVisible()
    await makeQuick(editor)
    await promptBox.ask('a forest')
    await expectRunDone(remask, 3)
    await tray.accept(1)
    await expect.poll(async () => (await readPicture(remask)).width).toBe(width + 4)

    await promptBox.choose('upscale')
    await makeQuick(editor)
    await promptBox.input.press('Enter')
    await expectRunDone(remask, 4)
    await tray.accept(1)
    await expect.poll(async () => (await readPicture(remask)).width).toBe((width + 4) * 2)
    expect((await readPicture(remask)).height).toBe(height * 2)
  })
}

test('words of any script, emoji and brackets are drawn, kept as they were written, and name the document', async ({ remask, start }) => {
  const words = '夕焼けの海辺 🌲👩‍🚀 غابة في الليل (((:1.3)'
  const editor = await start.create(words)
  await editor.tray.accept(1)
  await expect(editor.promptBox.input).toHaveValue(words)
  const [job] = await readJobs(remask)
  expect(job?.request.prompt).toBe(words)
  await editor.showAllDocuments()
  await expect(start.card(words)).toBeVisible()
})

test('what a model cannot do is never started, by no key; where it is all there is, it is said', async ({ remask, start, photo }) => {
  const { page, guard } = remask
  await addStyledPack(remask, { edits: ['inpaint', 'retouch'] })
  guard.allow(REFUSED)
  const empty = await start.create('a lake')
  const notice = findNotice(page, PACK_ERRORS.cannotEdit('Styled', EDIT_NAMES.generate, 'Starter'))
  await notice.getByRole('button', { name: NOTICE_STRINGS.remedies['choose-other-pack'] }).click()
  await expect(page.getByRole('dialog', { name: MODELS_STRINGS.title })).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await readJobs(remask)).toEqual([])

  await empty.showAllDocuments()
  const { promptBox } = await start.openPicture(photo)
  await expect(promptBox.words('retouch')).toBeVisible()
  // The one that can be done is next and before it.
  await promptBox.input.press('Alt+ArrowDown')
  await expect(promptBox.words('retouch')).toBeVisible()
  await promptBox.editSwitch.click()
  await expect(promptBox.offer('vary')).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('3')
  await expect(promptBox.offer('vary')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(promptBox.words('retouch')).toBeVisible()
})

test('restyling at full strength starts with nothing known and stays inside the mask; there is no strength of none', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  const { promptBox, tray, canvas } = editor
  const before = await readPicture(remask)
  await editor.chooseTool('rectangle')
  await canvas.drag([64.5, 48.5], [127.5, 111.5])
  await promptBox.setCount(1)
  await promptBox.choose('restyle', { isMasked: true, sides: [] })
  const strength = promptBox.option('strength')
  await strength.press('Home')
  await strength.press('ArrowLeft')
  await expect(strength).toHaveAttribute('aria-valuenow', '0.05')
  await strength.press('End')
  await promptBox.ask('watercolor painting')
  await tray.accept(1)
  await editor.expectUndo('accept-restyle')
  expect((await readJobs(remask))[0]?.request).toMatchObject({ kind: 'restyle', strength: 1 })
  expect(findDifference(before, await expectChanged(remask, before))).toEqual({ left: 64, top: 48, right: 127, bottom: 111 })
})
