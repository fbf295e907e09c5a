import { describe, expect, it } from 'vitest'
import { chooseHost, hasDisplay, type ElectronFound, type HostFacts } from './choose-host.ts'

const plain: HostFacts = { asked: undefined, setting: 'auto', isPortGiven: false, hasDisplay: true }
const choose = (facts: Partial<HostFacts>, found: ElectronFound = 'present') =>
  chooseHost({ ...plain, ...facts }, async () => found)
const neverLooks = () => Promise.reject(new Error('looked for Electron'))

describe('npm start', () => {
  it('opens a window where Electron is there or can be had', async () => {
    expect(await choose({})).toMatchObject({ host: 'desktop', reason: 'Electron is installed' })
    expect(await choose({}, 'downloaded')).toMatchObject({ host: 'desktop', reason: 'Electron was downloaded' })
  })

  it('runs in the browser where it cannot be had', async () => {
    const choice = await choose({}, 'unreachable')
    expect(choice.host).toBe('browser')
    expect(choice.reason).toContain('cannot be downloaded')
    expect(choice.isImpossible).toBeUndefined()
  })

  it('does not look for Electron where the answer changes nothing', async () => {
    for (const facts of [{ hasDisplay: false }, { isPortGiven: true }, { asked: 'browser' }, { setting: 'browser' }] as const) {
      expect(await chooseHost({ ...plain, ...facts }, neverLooks)).toMatchObject({ host: 'browser' })
    }
  })

  it('does what is asked, against the setting and without a display', async () => {
    expect(await choose({ asked: 'desktop', setting: 'browser', hasDisplay: false })).toMatchObject({ host: 'desktop' })
    expect(await choose({ asked: 'browser', setting: 'desktop' })).toMatchObject({ host: 'browser' })
  })

  it('says when what is asked cannot be done', async () => {
    expect(await choose({ asked: 'desktop' }, 'unreachable')).toMatchObject({ isImpossible: true })
  })
})

it('knows a display by its server', () => {
  expect(hasDisplay('linux', {})).toBe(false)
  expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true)
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
  expect(hasDisplay('darwin', {})).toBe(true)
})
