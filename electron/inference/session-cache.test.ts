import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NO_DEMANDS, type Session } from '../../models/runtime/session.ts'
import { SessionCache } from './session-cache.ts'

let folder: string
let log: string[]

/** A session that keeps a log of its life. */
async function openLogged(file: string): Promise<Session> {
  const name = path.basename(file)
  log.push(`open ${name}`)
  return {
    inputNames: ['in'],
    outputNames: ['out'],
    run: async () => (log.push(`run ${name}`), {}),
    dispose: async () => void log.push(`release ${name}`),
  }
}

beforeEach(async () => {
  log = []
  folder = await mkdtemp(path.join(os.tmpdir(), 'sessions-'))
  for (const name of ['a', 'b', 'c']) await writeFile(path.join(folder, name), new Uint8Array(1000))
})
afterEach(() => rm(folder, { recursive: true }))

const load = (cache: SessionCache, name: string) => cache.load(path.join(folder, name))

describe('SessionCache', () => {
  it('opens a graph once for all who ask for it', async () => {
    const cache = new SessionCache(openLogged, 5000)
    await load(cache, 'a')
    await (await load(cache, 'a')).run({})
    expect(log).toEqual(['open a', 'run a'])
  })

  it('releases what was used longest ago before it goes over its budget', async () => {
    const cache = new SessionCache(openLogged, 2500)
    const a = await load(cache, 'a')
    await load(cache, 'b')
    await a.run({})
    await load(cache, 'c')
    expect(log).toEqual(['open a', 'open b', 'run a', 'release b', 'open c'])
  })

  it('opens a released graph again when it is to run', async () => {
    const cache = new SessionCache(openLogged, 1500)
    const a = await load(cache, 'a')
    await load(cache, 'b')
    await a.run({})
    expect(log).toEqual(['open a', 'release a', 'open b', 'release b', 'open a', 'run a'])
  })

  it('runs a graph larger than the whole budget, alone', async () => {
    const cache = new SessionCache(openLogged, 10)
    const a = await load(cache, 'a')
    await a.run({})
    await a.run({})
    await load(cache, 'b')
    expect(log).toEqual(['open a', 'run a', 'run a', 'release a', 'open b'])
  })

  it('releases a brief graph when others go on, not when it runs in turns with them', async () => {
    const cache = new SessionCache(openLogged, 5000)
    const brief = await cache.load(path.join(folder, 'a'), { ...NO_DEMANDS, isBrief: true })
    const step = await load(cache, 'b')
    for (const session of [brief, step, brief, step, step, step, brief]) await session.run({})
    expect(log).toEqual(['open a', 'open b', 'run a', 'run b', 'run a', 'run b', 'run b', 'release a', 'run b', 'open a', 'run a'])
  })

  it('releases a brief graph before the next one runs', async () => {
    const cache = new SessionCache(openLogged, 5000)
    const brief = { ...NO_DEMANDS, isBrief: true }
    const [first, second] = [await cache.load(path.join(folder, 'a'), brief), await cache.load(path.join(folder, 'b'), brief)]
    for (const session of [first, first, second, second]) await session.run({})
    expect(log).toEqual(['open a', 'open b', 'run a', 'run a', 'release a', 'run b', 'run b'])
  })

  it('releases it at the end of a job', async () => {
    const cache = new SessionCache(openLogged, 5000)
    await (await cache.load(path.join(folder, 'a'), { ...NO_DEMANDS, isBrief: true })).run({})
    await (await load(cache, 'b')).run({})
    await cache.rest()
    expect(log).toEqual(['open a', 'run a', 'open b', 'run b', 'release a'])
  })

  it('keeps it where loading is slow', async () => {
    const cache = new SessionCache(openLogged, 5000, false)
    const brief = await cache.load(path.join(folder, 'a'), { ...NO_DEMANDS, isBrief: true })
    const step = await load(cache, 'b')
    for (const session of [brief, step, step, brief]) await session.run({})
    expect(log).toEqual(['open a', 'open b', 'run a', 'run b', 'run b', 'run a'])
  })

  it('releases everything once, at the end', async () => {
    const cache = new SessionCache(openLogged, 5000)
    const a = await load(cache, 'a')
    await load(cache, 'b')
    await a.dispose()
    await cache.dispose()
    await cache.dispose()
    expect(log.filter((line) => line.startsWith('release')).toSorted()).toEqual(['release a', 'release b'])
    expect(cache.loadedCount).toBe(0)
  })
})
