import { describe, expect, it, vi } from 'vitest'
import type { Install } from '../../electron/api/installs.ts'
import { createInstallStore } from './install-store.ts'

const install = (change: Partial<Install>): Install => ({
  id: 'one', name: 'amused-512', origin: 'amused/amused-512', state: 'running', phase: 'downloading', progress: 0.1,
  downloadedBytes: 10, downloadBytes: 100, bytesPerSecond: 5, secondsLeft: 18, isPausable: true, error: null, packId: null,
  createdAt: '2026-11-22T10:00:00.000Z', ...change,
})

describe('installs as the page knows them', () => {
  it('keeps the newest word of each, oldest install first', () => {
    const store = createInstallStore()
    store.receive({ type: 'install', install: install({ id: 'later', createdAt: '2026-11-22T11:00:00.000Z' }) })
    store.receive({ type: 'install', install: install({}) })
    store.receive({ type: 'install', install: install({ id: 'later', createdAt: '2026-11-22T11:00:00.000Z', progress: 0.5 }) })
    expect(store.getState().installs.map(({ id, progress }) => [id, progress])).toEqual([['one', 0.1], ['later', 0.5]])
  })

  it('forgets what is over, and tells once of what was installed', () => {
    const store = createInstallStore()
    const heard = vi.fn()
    store.onDone(heard)
    store.receive({ type: 'install', install: install({}) })
    store.receive({ type: 'install', install: install({ state: 'done', packId: 'amused-512' }) })
    store.receive({ type: 'install', install: install({ id: 'other', state: 'cancelled' }) })
    expect(store.getState().installs).toEqual([])
    expect(heard.mock.calls).toEqual([[install({ state: 'done', packId: 'amused-512' })]])
  })

  it('takes a new connection’s word for all of them', () => {
    const store = createInstallStore()
    store.receive({ type: 'install', install: install({}) })
    const model = { packId: null, state: 'idle', progress: 0, message: null, execution: null } as const
    store.receive({ type: 'snapshot', jobs: [], model, installs: [install({ id: 'two', state: 'paused' })] })
    expect(store.getState().installs.map(({ id }) => id)).toEqual(['two'])
  })
})
