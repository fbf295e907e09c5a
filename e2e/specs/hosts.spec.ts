import { START_SCREEN_STRINGS } from '../../electron/api/strings/start-screen.ts'
import { expect, test } from '../harness/test.ts'

interface About {
  readonly version: string
  readonly host: string
  readonly dataFolder: string
}

test('the window opens and the engine says which host it has', async ({ remask }) => {
  await expect(remask.page).toHaveTitle(/Remask/)
  const about = await remask.fetchJson<About>('about')
  expect(about).toMatchObject({ host: remask.host, dataFolder: remask.dataFolder })
})

test('every page comes with a policy that names no other origin', async ({ remask }) => {
  const headers = await remask.page.evaluate(async () => {
    const { headers } = await fetch('.')
    return Object.fromEntries(headers)
  })
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
  expect(headers['referrer-policy']).toBe('no-referrer')
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('the page itself does nothing that its policy forbids', async ({ remask }) => {
  const { page } = remask
  await page.addInitScript(() => {
    const violations: string[] = []
    addEventListener('securitypolicyviolation', (event) => violations.push(`${event.effectiveDirective} ${event.blockedURI}`))
    Object.assign(window, { violations })
  })
  await page.reload()
  await expect(page.getByRole('button', { name: START_SCREEN_STRINGS.newDocument })).toBeVisible()
  await page.getByRole('button', { name: START_SCREEN_STRINGS.newDocument }).click()
  await expect(page.getByRole('application')).toBeVisible()
  expect(await page.evaluate(() => (window as Window & { violations?: string[] }).violations)).toEqual([])
})

test('a script in the page, or one from elsewhere, does not run', async ({ remask }) => {
  remask.guard.allow(/Content Security Policy/)
  const violated = await remask.page.evaluate(async () => {
    const violations: string[] = []
    addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
    const inline = document.createElement('script')
    inline.textContent = 'window.hasRun = true'
    document.body.append(inline)
    await fetch('http://127.0.0.1:9/').catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 100))
    return { violations, hasRun: 'hasRun' in window }
  })
  expect(violated.hasRun).toBe(false)
  expect(violated.violations).toEqual(expect.arrayContaining(['script-src-elem', 'connect-src']))
})

test('the page sees nothing of Node or Electron', async ({ remask }) => {
  const seen = await remask.page.evaluate(() =>
    ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer'].filter((name) => name in window),
  )
  expect(seen).toEqual([])
  const shell = await remask.page.evaluate(() => window.shell && { keys: Object.keys(window.shell).sort(), host: window.shell.host })
  if (remask.host === 'browser') expect(shell).toBeUndefined()
  else {
    const keys = ['chooseFolder', 'chooseImages', 'chooseSavePlace', 'chooseStyleFile', 'host', 'onCommand', 'platform', 'setEnabledCommands', 'setTitle', 'showInFolder']
    expect(shell).toEqual({ host: 'desktop', keys })
  }
})

test('it can be ended and opened again on the same data folder', async ({ remask }) => {
  await remask.page.evaluate(async () => {
    const settings = await (await fetch('api/settings')).json()
    const body = JSON.stringify({ ...settings, theme: 'dark' })
    await fetch('api/settings', { method: 'PUT', body, headers: { 'content-type': 'application/json' } })
  })
  await remask.close()
  await remask.open()
  expect(await remask.fetchJson('settings')).toMatchObject({ theme: 'dark' })
})

test('it opens again after all its processes were killed', async ({ remask }) => {
  await remask.fetchJson('about')
  await remask.kill()
  await remask.open()
  expect(await remask.fetchJson<About>('about')).toMatchObject({ host: remask.host })
})
