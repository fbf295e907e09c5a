import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { EXPORT_STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import { expect, test } from '../pages/pages.ts'

test.beforeEach(({ remask }) =>
  test.skip(remask.host === 'desktop', 'answers on the way to the page cannot be held up there'),
)

/** Holds up what the page asks of the engine, as a slow disk does. Returns what lets it through. */
async function holdUp(page: Page, pathname: string): Promise<() => void> {
  let letThrough = () => {}
  const held = new Promise<void>((resolve) => (letThrough = resolve))
  await page.route(pathname, async (route) => {
    await held
    await route.continue()
  })
  return letThrough
}

test('going back while a document opens leaves it alone', async ({ remask, start }) => {
  const { page } = remask
  await start.startNewDocument()
  await page.goBack()
  await expect(start.prompt).toBeVisible()
  const letThrough = await holdUp(page, '**/open')
  const asked = page.waitForRequest('**/open')
  await start.cards.first().click()
  await asked
  await page.goBack()
  await expect(start.prompt).toBeVisible()
  const closed = page.waitForRequest('**/close')
  letThrough()
  await closed
  await expect(start.prompt).toBeVisible()
  await page.unroute('**/open')
  await start.openDocument('Untitled')
})

test('a run that is being started when the document is left is there when it is opened again', async ({ remask, start }) => {
  const { page } = remask
  const editor = await start.startNewDocument()
  await editor.promptBox.setCount(1)
  const letThrough = await holdUp(page, '**/jobs')
  const asked = page.waitForRequest('**/jobs')
  await editor.promptBox.ask('a lake')
  await asked
  await page.goBack()
  await expect(start.prompt).toBeVisible()
  letThrough()
  await page.waitForResponse('**/close')
  const again = await start.openDocument('a lake')
  await again.tray.waitUntilDone(1)
})

test('a dialog of a document is not there outside of it, and keys work', async ({ remask, start, photo }) => {
  const { page } = remask
  const editor = await start.openPicture(photo)
  await editor.press('ControlOrMeta+s')
  await expect(page.getByRole('dialog', { name: EXPORT_STRINGS.title })).toBeVisible()
  await page.goBack()
  await expect(start.prompt).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await start.openDocument('photo')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('a double click makes one document', async ({ remask, start }) => {
  await start.newDocument.dblclick()
  await start.createdDocument()
  await wait(300)
  await remask.page.keyboard.press('ControlOrMeta+Shift+o')
  await expect(start.prompt).toBeVisible()
  await expect(start.cards).toHaveCount(1)
})

test('words that were copied with a picture of them are pasted as words', async ({ remask, start }) => {
  const { page } = remask
  await start.prompt.evaluate((field) => {
    const data = new DataTransfer()
    data.setData('text/plain', 'a lake')
    data.items.add(new File([new Uint8Array(8)], 'cells.png', { type: 'image/png' }))
    const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    if (!field.dispatchEvent(paste)) throw new Error('the field was not left its paste')
  })
  await expect(start.prompt).toBeVisible()
  expect(page.url()).not.toContain('documents')
})
