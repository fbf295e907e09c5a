import { describe, expect, it } from 'vitest'
import { readPromptWeights } from './prompt-weights.ts'

/** The text, each run of equal weight with its weight. */
function runsOf(prompt: string): [text: string, weight: number][] {
  const { text, weights } = readPromptWeights(prompt)
  const runs: [string, number][] = []
  for (const [i, unit] of text.split('').entries()) {
    const weight = Math.round(weights[i]! * 1000) / 1000
    const last = runs.at(-1)
    if (last?.[1] === weight) last[0] += unit
    else runs.push([unit, weight])
  }
  return runs
}

describe('readPromptWeights', () => {
  it.each<[string, [string, number][]]>([
    ['a fox', [['a fox', 1]]],
    ['a (red fox:1.3) in snow', [['a ', 1], ['red fox', 1.3], [' in snow', 1]]],
    ['(fox:2)', [['fox', 2]]],
    ['(fox: .5 )', [['fox', 0.5]]],
    ['((fox:2) and hare:0.5)', [['fox', 1], [' and hare', 0.5]]],
    ['a \\(fox:2\\)', [['a (fox:2)', 1]]],
    ['(a \\(red\\) fox:2)', [['a (red) fox', 2]]],
    ['a \\\\ b', [['a \\ b', 1]]],
    ['a (red) fox', [['a (red) fox', 1]]],
    ['((red) fox:2)', [['(red) fox', 2]]],
    ['a (fox', [['a (fox', 1]]],
    ['a fox:2)', [['a fox:2)', 1]]],
    ['at 10:30 (noon)', [['at 10:30 (noon)', 1]]],
    ['(fox:99)', [['fox', 4]]],
    ['((fox:3):3)', [['fox', 4]]],
    ['(fox:0)', [['fox', 0]]],
    ['(🐱:2)', [['🐱', 2]]],
  ])('reads %s', (prompt, runs) => {
    expect(runsOf(prompt)).toEqual(runs)
  })

  it('has nothing of nothing', () => {
    expect(readPromptWeights('').text).toBe('')
    expect(readPromptWeights('(:2)').text).toBe('')
  })

  it('knows where in the prompt each letter stands', () => {
    const prompt = 'a (red\\) fox:2) b'
    const { text, offsets } = readPromptWeights(prompt)
    expect(text).toBe('a red) fox b')
    for (let i = 0; i < text.length; i++) expect(prompt[offsets[i]!]).toBe(text[i])
    expect(offsets.at(-1)).toBe(prompt.length)
  })
})
