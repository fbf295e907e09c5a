import { describe, expect, it } from 'vitest'
import { editRequestSchema, MAX_SEED } from '../../api/edits.ts'
import type { Candidate, Job } from '../../api/jobs.ts'
import { requestOf } from './candidate-request.ts'
import { readJobFile, writeJobFile } from './job-file.ts'

const hash = (digit: string) => digit.repeat(64)
const request = editRequestSchema.parse({
  kind: 'inpaint', image: hash('a'), mask: hash('b'), packId: 'starter', prompt: 'a lake in the mountains at sunset',
  seed: MAX_SEED - 1, steps: 12, guidanceScale: 3, guidanceRamp: 'constant',
})

function makeCandidate(index: number): Candidate {
  return {
    index, imageId: hash('c'), bounds: { x: 0, y: 0, width: 256, height: 192 }, patch: hash('d'), patchSize: { width: 128, height: 128 },
    tokens: hash('e'), receipt: { pixelCount: 49_152, untouchedPixelCount: 47_000, strayPixelCount: 0 }, stepCount: 12, isPartial: false,
    seconds: 1.25, recipe: { program: 'Remask', packId: 'starter', packVersion: '1.0.0', request: requestOf(request, index) },
  }
}

const job: Job = {
  id: '4b1f1c3e-0b53-4f4e-9d0e-0d6a3f3b8f10', documentId: '7d7e5c3e-0b53-4f4e-9d0e-0d6a3f3b8f10', request, state: 'done',
  createdAt: '2026-01-01T00:00:00.000Z', cropRect: { x: 0, y: 0, width: 128, height: 128 }, step: 48, stepCount: 48, secondsLeft: null,
  phase: 'ended', candidates: [0, 1, 2, 3].map(makeCandidate), error: null,
}

describe('the file of a job', () => {
  it('gives back every recipe whole, also where the seeds go over the largest', () => {
    expect(readJobFile(writeJobFile(job))).toEqual(job)
    expect(readJobFile(writeJobFile(job)).candidates[3]?.recipe.request.seed).toBe(1)
  })

  it('with four candidates is smaller than 2 KB', () => {
    expect(writeJobFile(job).length).toBeLessThan(2048)
  })

  it('keeps a recipe that differs from the job', () => {
    const own = { ...makeCandidate(1), recipe: { ...makeCandidate(1).recipe, request: { ...request, seed: 5, count: 1, prompt: 'other words' } } }
    expect(readJobFile(writeJobFile({ ...job, candidates: [own] })).candidates).toEqual([own])
  })

  it('keeps apart what only some candidates have', () => {
    const trail = { blob: hash('f'), stepCount: 12, rows: 16, columns: 16 }
    const differing = { ...job, candidates: [{ ...makeCandidate(0), trail }, makeCandidate(1)] }
    expect(readJobFile(writeJobFile(differing))).toEqual(differing)
  })

  it('is read as versions before wrote it, every recipe in full', () => {
    expect(readJobFile(JSON.stringify(job))).toEqual(job)
  })

  it('that is no job is refused', () => {
    expect(() => readJobFile('{"id": "x"}')).toThrow()
    expect(() => readJobFile(JSON.stringify({ ...job, state: 'asleep' }))).toThrow()
  })
})
