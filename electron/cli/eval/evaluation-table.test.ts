import { expect, it } from 'vitest'
import type { EvaluationReport } from './evaluate.ts'
import { formatEvaluation } from './evaluation-table.ts'

const REPORT: EvaluationReport = {
  packId: 'starter',
  packVersion: '1.0.0',
  hasRanker: true,
  judge: { place: 0.9 },
  groups: [{ group: 'one object', promptCount: 16, allRight: 0.5, allRightOfFirst: 0.25, attributes: { place: 0.75 } }],
  edits: null,
  reconstruction: { psnr: 26.74, pictureCount: 128 },
  sweeps: [
    { setting: 'ranker', value: 'off', allRight: 0.25, secondsPerPicture: 1.5 },
    { setting: 'ramp', value: 'linear', allRight: 0.31, secondsPerPicture: 1.25 },
    { setting: 'order', value: 'halton', allRight: 0.28, secondsPerPicture: 1.5 },
    { setting: 'steps', value: 4, allRight: 0.2, secondsPerPicture: 0.5 },
  ],
  frechet: null,
  secondsPerPrompt: 6,
  secondsPerPicture: 1.5,
}

it('has a line for each setting that was tried', () => {
  const lines = formatEvaluation(REPORT).split('\n')
  for (const line of [/^ranker off +0\.25 +1\.50 s$/, /^guidance ramp linear +0\.31/, /^order halton +0\.28/, /^steps 4 +0\.20 +0\.50 s$/]) {
    expect(lines.filter((each) => line.test(each)), String(line)).toHaveLength(1)
  }
})

it('says what the tokenizer keeps', () => {
  expect(formatEvaluation(REPORT)).toContain('26.7 dB (128 pictures)')
  expect(formatEvaluation({ ...REPORT, reconstruction: null })).not.toContain('dB')
})
