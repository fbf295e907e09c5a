import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CONNECTION_STRINGS } from '../../electron/api/strings/connection.ts'
import { DISK_ERRORS } from '../../electron/api/strings/storage.ts'
import { expect, test } from '../pages/pages.ts'
import { StartScreen } from '../pages/start-screen.ts'

/** A disk of its own for the documents, so that it can be full at will. Only an administrator may mount one. */
const DISK_BYTES = 256 * 1024

let disk: string | undefined
test.afterEach(async ({ remask }) => {
  await remask.close()
  if (disk !== undefined) execFileSync('umount', ['--lazy', disk])
  disk = undefined
})

test.beforeEach(async ({ remask, start }) => {
  remask.guard.allow(/Failed to load resource.*507/)
  await expect(start.prompt).toBeVisible()
  await remask.close()
  disk = mountDisk(path.join(remask.dataFolder, 'documents'))
  test.skip(disk === undefined, 'no disk can be mounted here')
  await remask.open()
})

function mountDisk(folder: string): string | undefined {
  mkdirSync(folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    return undefined
  }
}

function fill(folder: string): void {
  try {
    // Whatever of it fits.
    writeFileSync(path.join(folder, 'filling'), new Uint8Array(DISK_BYTES))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

test('on a full disk it is said, painting goes on, and nothing is lost when there is room again', async ({ remask, photo }) => {
  const folder = disk!
  const editor = await new StartScreen(remask).openPicture(photo)
  await editor.expectUndo('place-picture')
  await editor.chooseTool('brush')
  const log = path.join(folder, editor.id, 'log.ndjson')
  const countLines = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0)
  await expect.poll(countLines).toBe(1)
  const banner = remask.page.getByRole('alert').filter({ hasText: DISK_ERRORS['disk-full'] })
  const box = (await editor.canvas.element.boundingBox())!
  // By the mouse alone: where the canvas shows what is known from the view on disk, which cannot be written now.
  const paint = async (y: number) => {
    await remask.page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2 + y)
    await remask.page.mouse.down()
    await remask.page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2 + y + 10, { steps: 12 })
    await remask.page.mouse.up()
  }
  fill(folder)
  // The log's last page takes a few lines more.
  let strokeCount = 0
  await expect(async () => {
    await paint(strokeCount++ % 40)
    await expect(banner).toBeVisible({ timeout: 200 })
  }).toPass()
  await paint(20)
  await editor.expectUndo('paint-mask')

  rmSync(path.join(folder, 'filling'))
  await banner.getByRole('button', { name: CONNECTION_STRINGS.tryNow }).click()
  await expect(banner).toBeHidden()
  await expect.poll(countLines).toBe(strokeCount + 2)
  await remask.kill()
  await remask.open()
  await (await new StartScreen(remask).openDocument('photo')).expectUndo('paint-mask')
})
