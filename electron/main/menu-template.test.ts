import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { COMMANDS } from '../api/menu.ts'
import { buildMenuTemplate } from './menu-template.ts'

const nothing = () => {}
const build = (platform: NodeJS.Platform, runCommand = nothing as (command: string, isByKey: boolean) => void) =>
  buildMenuTemplate({ platform, runCommand, showLog: nothing, showDataFolder: nothing })
const itemsOf = (template: MenuItemConstructorOptions[]) =>
  template.flatMap(({ submenu }) => submenu as MenuItemConstructorOptions[])

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
  it('has every command once', () => {
    const ids = itemsOf(build(platform)).flatMap(({ id }) => id ?? [])
    expect(ids.toSorted()).toEqual(Object.keys(COMMANDS).toSorted())
  })

  it('can be quit', () => {
    expect(itemsOf(build(platform)).filter(({ role }) => role === 'quit')).toHaveLength(1)
  })

  it('takes no plain letter away from text fields', () => {
    const registered = itemsOf(build(platform)).filter((item) => item.registerAccelerator === true)
    for (const { accelerator } of registered) expect(accelerator).toMatch(/^(CommandOrControl|Alt)\+/)
    if (platform !== 'darwin') expect(registered).toEqual([])
  })
})

it('shows the keys that the page matches', () => {
  const undo = itemsOf(build('linux')).find(({ id }) => id === 'edit.undo')
  expect(undo).toMatchObject({ label: 'Undo', accelerator: 'CommandOrControl+Z', registerAccelerator: false })
})

it('says whether a command came by mouse or by key', () => {
  const run = vi.fn()
  const fit = itemsOf(build('darwin', run)).find(({ id }) => id === 'view.fit')
  const click = fit?.click as (item: unknown, window: unknown, event: { triggeredByAccelerator?: boolean }) => void
  click(undefined, undefined, {})
  click(undefined, undefined, { triggeredByAccelerator: true })
  expect(run.mock.calls).toEqual([['view.fit', false], ['view.fit', true]])
})
