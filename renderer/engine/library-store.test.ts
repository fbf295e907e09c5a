import { describe, expect, it } from 'vitest'
import { EngineError } from '../../electron/api/errors.ts'
import type { PackSummary } from '../../electron/api/packs.ts'
import { settingsSchema, type Settings } from '../../electron/api/settings.ts'
import { createLibraryStore, selectPack } from './library-store.ts'

const starter = { id: 'starter' } as PackSummary
const other = { id: 'other' } as PackSummary

function library(putSettings: (settings: Settings) => Promise<Settings>) {
  const unreachable = async () => {
    throw new EngineError('engine-unreachable', 'gone')
  }
  return createLibraryStore({
    getAbout: unreachable,
    listDocuments: async () => [],
    listPacks: async () => [starter, other],
    getSettings: async () => settingsSchema.parse({ packId: 'other' }),
    putSettings,
  })
}

describe('the library', () => {
  it('shows the parts that came although one failed, and says so', async () => {
    const store = library(async (settings) => settings)
    await expect(store.refresh()).rejects.toMatchObject({ code: 'engine-unreachable' })
    expect(store.getState().packs).toEqual([starter, other])
    expect(selectPack(store.getState())).toBe(other)
  })

  it('uses the first pack where the chosen one is gone', () => {
    const settings = settingsSchema.parse({ packId: 'removed' })
    expect(selectPack({ about: null, documents: null, packs: [starter], settings })).toBe(starter)
  })

  it('puts a setting back that the engine did not take', async () => {
    const store = library(async () => {
      throw new EngineError('disk-full', 'full')
    })
    await expect(store.changeSettings({ theme: 'dark' })).rejects.toMatchObject({ code: 'disk-full' })
    expect(store.getState().settings.theme).toBe('system')
  })
})
