import { describe, expect, it } from 'vitest'
import { EngineError } from '../../electron/api/errors.ts'
import type { PackSummary } from '../../electron/api/packs.ts'
import { settingsSchema, type Settings } from '../../electron/api/settings.ts'
import { createLibraryStore, hasNoPack, selectBrokenPack, selectPack } from './library-store.ts'

const starter = { id: 'starter', problem: null } as PackSummary
const other = { id: 'other', problem: null } as PackSummary
const broken = { id: 'broken', problem: 'A file is missing; install it again.' } as PackSummary
const libraryOf = (packs: PackSummary[] | null, packId: string | null = null) =>
  ({ about: null, documents: null, packs, settings: settingsSchema.parse({ packId }) })

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
    expect(selectPack(libraryOf([starter], 'removed'))).toBe(starter)
  })

  it('uses no pack that cannot be used, and tells of it where it was chosen or there is no other', () => {
    expect(selectPack(libraryOf([broken, starter], 'broken'))).toBe(starter)
    expect(selectBrokenPack(libraryOf([broken, starter], 'broken'))).toBe(broken)
    expect(selectBrokenPack(libraryOf([broken, starter]))).toBeNull()
    expect(selectPack(libraryOf([broken]))).toBeNull()
    expect(selectBrokenPack(libraryOf([broken]))).toBe(broken)
  })

  it('knows that there is no pack only when it has heard of them', () => {
    expect(hasNoPack(libraryOf(null))).toBe(false)
    expect(hasNoPack(libraryOf([]))).toBe(true)
    expect(hasNoPack(libraryOf([broken]))).toBe(true)
    expect(hasNoPack(libraryOf([starter]))).toBe(false)
  })

  it('puts a setting back that the engine did not take', async () => {
    const store = library(async () => {
      throw new EngineError('disk-full', 'full')
    })
    await expect(store.changeSettings({ theme: 'dark' })).rejects.toMatchObject({ code: 'disk-full' })
    expect(store.getState().settings.theme).toBe('system')
  })
})
