import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CONNECTION_STRINGS } from '../../electron/api/strings/connection.ts'
import { DISK_ERRORS } from '../../electron/api/strings/storage.ts'
import type { Remask } from '../harness/remask.ts'
import { expect, test } from '../pages/pages.ts'
import { StartScreen } from '../pages/start-screen.ts'

/** Of a disk of its own for the documents, so that it can be full at will. Only an administrator may mount one. */
const DISK_BYTES = 256 * 1024
/** The smallest that ext4 keeps a journal on, and some. */
const IMAGE_BYTES = 8 * 1024 * 1024

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'ignore' })

let disk: string | undefined
test.afterEach(async ({ remask }) => {
  await remask.close()
  if (disk !== undefined) run('umount', '--lazy', disk)
  disk = undefined
})

/** Puts a disk where the documents are and starts the program again. @returns the documents' folder. */
async function mountDisk(remask: Remask, mount: (folder: string) => void): Promise<string> {
  remask.guard.allow(/Failed to load resource.*507/)
  await expect(new StartScreen(remask).prompt).toBeVisible()
  await remask.close()
  const folder = path.join(remask.dataFolder, 'documents')
  mkdirSync(folder, { recursive: true })
  try {
    mount(folder)
    disk = folder
  } catch {
    test.skip(true, 'no disk can be mounted here')
  }
  await remask.open()
  return folder
}

async function openPhoto(remask: Remask, photo: string, folder: string) {
  const editor = await new StartScreen(remask).openPicture(photo)
  await editor.expectUndo('place-picture')
  await editor.chooseTool('brush')
  const log = path.join(folder, editor.id, 'log.ndjson')
  const countLines = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0)
  await expect.poll(countLines).toBe(1)
  const box = (await editor.canvas.element.boundingBox())!
  /** By the mouse alone: where the canvas shows what is known from the view on disk, which cannot be written now. */
  const paint = async (y: number) => {
    await remask.page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2 + y)
    await remask.page.mouse.down()
    await remask.page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2 + y + 10, { steps: 12 })
    await remask.page.mouse.up()
  }
  return { editor, paint, countLines }
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
  const folder = await mountDisk(remask, (documents) => run('mount', '-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', documents))
  const { editor, paint, countLines } = await openPhoto(remask, photo, folder)
  const banner = remask.page.getByRole('alert').filter({ hasText: DISK_ERRORS['disk-full'] })
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

test('on a disk that becomes read-only it is said, painting goes on, and nothing is lost when it is mended', async ({ remask, photo, inFolder }) => {
  const image = inFolder('image')
  writeFileSync(image, new Uint8Array(IMAGE_BYTES))
  const mount = (folder: string) => run('mount', '-t', 'ext4', '-o', 'loop', image, folder)
  const folder = await mountDisk(remask, (documents) => {
    run('mkfs.ext4', '-q', '-F', image)
    mount(documents)
  })
  const { editor, paint, countLines } = await openPhoto(remask, photo, folder)
  // What the disk does to itself on an error: files that are open can only be read as well.
  run('mount', '-o', 'remount,abort', folder)
  for (const y of [-20, 0, 20]) await paint(y)
  await editor.expectUndo('paint-mask')
  const banner = remask.page.getByRole('alert').filter({ hasText: CONNECTION_STRINGS.unsaved(3) })
  await expect(banner).toContainText(DISK_ERRORS['disk-read-only'])
  await expect(banner).toContainText(CONNECTION_STRINGS.unsavedDetail)
  await remask.page.screenshot({ path: 'test-results/disk-read-only.png' })
  expect(countLines()).toBe(1)

  // The program has let go of it: it can be taken out and checked. A try meanwhile finds no document.
  remask.guard.allow(/404.*\/lines/)
  run('umount', folder)
  execFileSync('sh', ['-c', 'e2fsck -fy "$1" > /dev/null 2>&1; test $? -le 1', 'sh', image])
  mount(folder)
  await banner.getByRole('button', { name: CONNECTION_STRINGS.tryNow }).click()
  await expect(remask.page.getByRole('alert')).toBeHidden()
  await expect.poll(countLines).toBe(4)
  await paint(30)
  await expect.poll(countLines).toBe(5)
  await remask.kill()
  await remask.open()
  await (await new StartScreen(remask).openDocument('photo')).expectUndo('paint-mask')
})
