import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingsSchema } from '../api/settings.ts'
import { makeTestFolder, startEngineUnderTest } from './testing/engine-under-test.ts'
import { openSettings } from './settings.ts'

const DEFAULTS = settingsSchema.parse({})

test('settings survive a restart, and what a newer version added gets its default', async () => {
  const path = join(await makeTestFolder(), 'settings.json')
  const settings = await openSettings(path)
  expect(settings.get()).toEqual(DEFAULTS)
  await settings.put({ ...DEFAULTS, theme: 'dark' })
  expect((await openSettings(path)).get()).toEqual({ ...DEFAULTS, theme: 'dark' })
  await writeFile(path, '{"threadCount":2}')
  expect((await openSettings(path)).get()).toEqual({ ...DEFAULTS, threadCount: 2 })
})

test('an unreadable file gives the defaults and is kept beside', async () => {
  const path = join(await makeTestFolder(), 'settings.json')
  for (const content of ['{"theme":', '{"theme":"purple"}', '']) {
    await writeFile(path, content)
    expect((await openSettings(path)).get()).toEqual(DEFAULTS)
    expect(await readFile(`${path}.unreadable`, 'utf8')).toBe(content)
  }
})

test('tells listeners of a change, in order, until they leave', async () => {
  const settings = await openSettings(join(await makeTestFolder(), 'settings.json'))
  const heard: string[] = []
  const leave = settings.onChange(({ theme }) => heard.push(theme))
  await Promise.all([settings.put({ ...DEFAULTS, theme: 'dark' }), settings.put({ ...DEFAULTS, theme: 'light' })])
  leave()
  await settings.put(DEFAULTS)
  expect(heard).toEqual(['dark', 'light'])
})

test('the route refuses what is no setting', async () => {
  const { ask } = await startEngineUnderTest()
  expect(await ask('PUT', 'settings', { theme: 'dark' })).toEqual({ ...DEFAULTS, theme: 'dark' })
  expect(await ask('GET', 'settings')).toMatchObject({ theme: 'dark' })
  await expect(ask('PUT', 'settings', { theme: 'purple' })).rejects.toMatchObject({ code: 'invalid-request' })
})
