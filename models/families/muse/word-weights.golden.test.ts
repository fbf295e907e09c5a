import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chooseExecution } from '../../../electron/inference/execution-providers.ts'
import { openOnnxSession } from '../../../electron/inference/onnx-session.ts'
import { openPack } from '../../importing/open-pack.ts'
import { MASK_TOKEN } from '../../runtime/masked-transformer.ts'
import type { Session } from '../../runtime/session.ts'
import type { LoadedPack } from '../family.ts'
import { muse } from './muse.ts'

let starter: LoadedPack
const sessions: Session[] = []

beforeAll(async () => {
  const folder = path.resolve(import.meta.dirname, '../../packs/starter')
  const load = async (file: string) => {
    const session = await openOnnxSession(file, chooseExecution(1, 1))
    sessions.push(session)
    return session
  }
  starter = await muse.load(await openPack(folder), folder, { load }, () => {})
})
afterAll(async () => {
  for (const session of sessions) await session.dispose()
})

async function predict(prompt: string): Promise<Float32Array> {
  const { textEncoder, stages, pack } = starter
  const { rows, columns } = pack.stages[0]!.grids
  const grid = { rows, columns, tokens: new Int32Array(rows * columns).fill(MASK_TOKEN) }
  return stages[0]!.transformer.predict(grid, [{ conditioning: await textEncoder.encode(prompt), weight: 1 }], {})
}

const difference = (a: Float32Array, b: Float32Array) => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)

it('a word’s weight changes the logits of the starter pack, the more the farther from 1', async () => {
  const plain = await predict('a forest at night')
  const [more, most, none] = [await predict('a (forest:1.3) at night'), await predict('a (forest:2) at night'), await predict('a (forest:0) at night')]
  expect(difference(plain, more)).toBeGreaterThan(0.01)
  expect(difference(plain, most)).toBeGreaterThan(difference(plain, more))
  expect(difference(plain, none)).toBeGreaterThan(0.1)
})

it.each([
  ['a weight of 1', 'a (forest:1) at night', 'a forest at night'],
  ['an unbalanced bracket', '(a forest at night', '\\(a forest at night'],
  ['another one', 'a forest) at night', 'a forest\\) at night'],
])('%s gives the very bytes of the plain text', async (_, prompt, plain) => {
  expect(Buffer.from((await predict(prompt)).buffer).equals(Buffer.from((await predict(plain)).buffer))).toBe(true)
})
