import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parsePack } from '../../../models/importing/open-pack.ts'
import { openPackTimings } from './pack-timings.ts'

const STARTER = path.resolve(import.meta.dirname, '../../../models/packs/starter/pack.json')
const TIMING = { stepMs: [80, null], finishMs: 30 }

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'remask-timings-'))
  file = path.join(folder, 'timings.json')
})
afterEach(() => rm(folder, { recursive: true }))

it('remembers a pack of one version with one number of threads', async () => {
  const pack = parsePack(await readFile(STARTER, 'utf8'))
  let threadCount = 2
  await (await openPackTimings(file, () => threadCount)).note(pack, TIMING)
  const timings = await openPackTimings(file, () => threadCount)
  expect(timings.find(pack)).toEqual(TIMING)
  expect(timings.find({ ...pack, version: '99' })).toBeUndefined()
  threadCount = 1
  expect(timings.find(pack)).toBeUndefined()
})

it('begins anew when its file cannot be read', async () => {
  await writeFile(file, '{"a":')
  const timings = await openPackTimings(file, () => 0)
  expect(timings.find(parsePack(await readFile(STARTER, 'utf8')))).toBeUndefined()
})
