import { readdir, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import type { Remask } from '../harness/remask.ts'
import type { Editor } from '../pages/editor.ts'
import { expect, test } from '../pages/pages.ts'
import { StartScreen } from '../pages/start-screen.ts'
import { type FrameTimes, recordFrames } from './frames.ts'
import { readPeakMemory } from './memory.ts'
import { printReport, type PageReport } from './report.ts'

const MOVE_COUNT = 120
/** A pen's rate: faster than the screen's. */
const MOVE_EVERY_MS = 8
/** Of each the middle one is reported. */
const START_COUNT = 3
const STROKE_COUNT = 5
/** Tiles that come later than this after the last one belong to something else. */
const QUIET_MS = 1000

const report: Partial<PageReport> = {}

test.beforeAll(() => {
  report.load = os.loadavg()[0] ?? 0
})

test('from the start of the process to the first input', async ({ remask }) => {
  const seconds: number[] = []
  for (let i = 0; i < START_COUNT; i++) {
    await remask.close()
    const startedAt = performance.now()
    await remask.open()
    const { prompt } = new StartScreen(remask)
    await prompt.pressSequentially('a')
    await expect(prompt).toHaveValue('a')
    seconds.push((performance.now() - startedAt) / 1000)
  }
  report.secondsToFirstInput = seconds.sort((a, b) => a - b)[Math.floor(START_COUNT / 2)] ?? 0
})

test('a stroke over 4096 × 4096 pixels', async ({ remask, start, inFolder }) => {
  const file = inFolder('square.png')
  await sharp({ create: { width: 4096, height: 4096, channels: 3, background: '#7a8a99' } }).png().toFile(file)
  const editor = await start.openPicture(file)
  await editor.chooseTool('brush')
  await editor.canvas.readView()
  // The same moves with the pen up: what the machine and the browser take by themselves.
  const hovers: FrameTimes[] = []
  const strokes: (FrameTimes & { logBytes: number })[] = []
  for (let i = 0; i < STROKE_COUNT; i++) {
    hovers.push(await recordFrames(remask.page, () => moveAround(remask.page, editor)))
    const bytesBefore = await measureLog(remask, editor)
    const frames = await recordFrames(remask.page, async () => {
      await remask.page.mouse.down()
      await moveAround(remask.page, editor)
      await remask.page.mouse.up()
    })
    await expect.poll(() => measureLog(remask, editor)).toBeGreaterThan(bytesBefore)
    strokes.push({ ...frames, logBytes: (await measureLog(remask, editor)) - bytesBefore })
    // The next one shall not find the mask already painted.
    await editor.undo()
    await editor.expectUndo('place-picture')
  }
  report.hover = findMiddle(hovers)
  report.stroke = findMiddle(strokes)
})

test('the log of an edit', async ({ remask, start, photo }) => {
  const editor = await start.openPicture(photo)
  await editor.chooseTool('brush')
  await editor.canvas.drag([100, 60], [140, 110])
  await editor.expectUndo('paint-mask')
  const logBefore = await measureLog(remask, editor)
  await editor.promptBox.ask('a lake in the mountains at sunset')
  await editor.tray.waitUntilDone(4)
  await editor.tray.accept(2)
  await expect.poll(() => measureLog(remask, editor)).toBeGreaterThan(logBefore)
  const logBytes = (await measureLog(remask, editor)) - logBefore
  report.editMemory = readPeakMemory(remask.running.pid)
  report.edit = { logBytes, jobBytes: await measureFolder(path.join(folderOf(remask, editor), 'jobs')) }
})

test('opening a photo of 24 megapixels', async ({ remask, start, inFolder }) => {
  const file = inFolder('photo.jpg')
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 12 }
  await sharp({ create: { width: 6000, height: 4000, channels: 3, background: 'grey', noise } }).jpeg({ quality: 90 }).toFile(file)
  // Not from the click: handing the file to the browser is the test's own way.
  let startedAt = 0
  let lastTileAt = 0
  remask.page.on('request', (request) => {
    if (/\/api\/images\?name=/.test(request.url())) startedAt = performance.now()
  })
  remask.page.on('requestfinished', (request) => {
    if (/\/tiles\//.test(request.url())) lastTileAt = performance.now()
  })
  await start.openPicture(file)
  await expect.poll(() => lastTileAt > 0 && performance.now() - lastTileAt > QUIET_MS).toBe(true)
  report.secondsToPhoto = (lastTileAt - startedAt) / 1000
  report.photoMemory = readPeakMemory(remask.running.pid)
})

test.afterAll(async () => {
  await printReport(report)
})

function findMiddle<Run extends FrameTimes>(runs: readonly Run[]): Run {
  return runs.toSorted((a, b) => a.p95Ms - b.p95Ms)[Math.floor(runs.length / 2)] as Run
}

/** A spiral from the middle outwards, over most of the picture. */
async function moveAround(page: Page, editor: Editor): Promise<void> {
  const box = await editor.canvas.element.boundingBox()
  if (box === null) throw new Error('The canvas is not shown')
  const radius = Math.min(box.width, box.height) * 0.3
  for (let i = 0; i < MOVE_COUNT; i++) {
    const at = i / MOVE_COUNT
    const x = box.x + box.width / 2 + radius * at * Math.cos(at * 12)
    const y = box.y + box.height / 2 + radius * at * Math.sin(at * 12)
    const pause = page.waitForTimeout(MOVE_EVERY_MS)
    await page.mouse.move(x, y)
    await pause
  }
}

function folderOf(remask: Remask, editor: Editor): string {
  return path.join(remask.dataFolder, 'documents', editor.id)
}

async function measureLog(remask: Remask, editor: Editor): Promise<number> {
  return (await stat(path.join(folderOf(remask, editor), 'log.ndjson'))).size
}

async function measureFolder(folder: string): Promise<number> {
  const sizes = (await readdir(folder)).map(async (name) => (await stat(path.join(folder, name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
