import { expect, test } from '../harness/test.ts'

test('opens no other window and goes nowhere else', async ({ remask }) => {
  const { page } = remask
  remask.guard.allow(/ERR_ABORTED|ERR_BLOCKED/)
  const address = page.url()
  expect(await page.evaluate(() => window.open('about:blank'))).toBeNull()
  expect(page.context().pages()).toHaveLength(1)
  await page.evaluate(() => location.assign('http://127.0.0.1:9/'))
  await page.waitForTimeout(300)
  expect(page.url()).toBe(address)
  await expect(page).toHaveTitle(/Remask/)
})

test('opens pictures by an id, never by a path', async ({ remask }) => {
  await remask.running.answerOpenDialog(['/somewhere/private/photo.png'])
  const chosen = await remask.page.evaluate(() => window.shell?.chooseImages())
  expect(chosen).toEqual([{ name: 'photo.png', fileId: expect.stringMatching(/^[0-9a-f-]{36}$/) }])
})
