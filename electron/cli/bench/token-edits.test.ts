import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { locateProgram } from '../../engine/program-folders.ts'
import { buildInference } from '../../engine/testing/build-inference.ts'
import { removeBundle } from '../../engine/testing/open-test-engine.ts'
import { SETTLE_STEPS } from '../../api/compositions.ts'
import { withEngine } from '../engine-session.ts'
import { observeInference } from './observe-inference.ts'
import { runCandidate } from './run-candidate.ts'
import { prepareTokenEdits } from './token-edits.ts'

let bundle: string
let folder: string
beforeAll(async () => {
  bundle = await buildInference()
  folder = await mkdtemp(join(tmpdir(), 'remask-bench-test-'))
  vi.stubEnv('REMASK_DATA_FOLDER', folder)
}, 60_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  await Promise.all([rm(folder, { recursive: true }), removeBundle(bundle)])
})

const common = { prompt: 'a lake', seed: 1, count: 1, packId: null, steps: 1 }

it('measures, repaints and settles anew every time, and leaves out what the pack cannot do', async () => {
  const observer = observeInference()
  const program = { ...locateProgram(join(import.meta.dirname, '../../../dist/electron')), inferenceBundle: bundle }
  await withEngine(program, async (session) => {
    const { imageId: image, bounds } = await runCandidate(session, { kind: 'generate', ...common })
    const edits = await prepareTokenEdits(session, { image, bounds }, ['generate', 'inpaint'], common)
    const takeSteps = async (run: () => Promise<number>) => {
      observer.takeSteps()
      expect(await run()).toBeGreaterThan(0)
      return observer.takeSteps()
    }
    const stepCounts: Record<string, number> = {}
    for (const { kind, run } of edits) {
      const first = await takeSteps(run)
      for (const { stepMs, graphMs } of first) expect(graphMs).toBeLessThanOrEqual(stepMs)
      stepCounts[kind] = first.length
      expect(await takeSteps(run)).toHaveLength(first.length)
    }
    const { 'likelihood-map': mapped = 0, 'fix-weak': fixed = 0, patch = 0 } = stepCounts
    expect(mapped).toBeGreaterThan(0)
    expect(fixed).toBeGreaterThan(mapped)
    expect(patch).toBeGreaterThanOrEqual(SETTLE_STEPS)
    const possible = await prepareTokenEdits(session, { image, bounds }, ['generate'], common)
    expect(possible.map(({ kind }) => kind)).toEqual(['likelihood-map', 'patch'])
  }, observer.wrap)
}, 120_000)
