import { describe, expect, it } from 'vitest'
import { changeWeight, findWeightedParts } from './prompt-weighting.ts'

/** A prompt with `|` where the selection begins and ends; one `|` is a caret. */
function press(marked: string, steps: number): string | null {
  const places = [...marked.matchAll(/\|/g)].map(({ index }, i) => index - i)
  const [start = 0, end = start] = places
  const prompt = marked.replaceAll('|', '')
  const change = changeWeight(prompt, [start, end], steps)
  if (change === null) return null
  const text = prompt.slice(0, change.start) + change.text + prompt.slice(change.end)
  const [from, to] = change.selection
  return from === to ? `${text.slice(0, from)}|${text.slice(from)}` : `${text.slice(0, from)}|${text.slice(from, to)}|${text.slice(to)}`
}

describe('giving words more weight or less', () => {
  it.each<[string, number, string | null]>([
    ['a re|d fox', 1, 'a (re|d:1.1) fox'],
    ['a |red fox| here', 1, 'a (|red fox|:1.1) here'],
    ['a (|red fox|:1.1) here', 1, 'a (|red fox|:1.2) here'],
    ['a (re|d fox:1.2) here', -1, 'a (re|d fox:1.1) here'],
    ['a (re|d fox:1.1) here', -1, 'a re|d fox here'],
    ['a fox|', -1, 'a (fox|:0.9)'],
    ['a (fox:0.1|)', -1, 'a (fox|:0.1)'],
    ['a (fox:4)|', 1, 'a (fox|:4)'],
    ['| a fox |', 1, ' (|a fox|:1.1) '],
    ['a , |, b', 1, null],
    ['', 1, null],
    ['一只|狐狸', 1, '(一只|狐狸:1.1)'],
    ['a 🦊|', 1, 'a (🦊|:1.1)'],
    ['((fo|x:1.5) in snow:1.2)', 1, '((fo|x:1.6) in snow:1.2)'],
    ['((fox:1.5) in sno|w:1.2)', 1, '((fox:1.5) in sno|w:1.3)'],
    ['\\(fo|x:2\\)', 1, '\\((fo|x:1.1):2\\)'],
  ])('%s by %i', (before, steps, after) => {
    expect(press(before, steps)).toBe(after)
  })

  it('comes back to the same prompt as often as it went away', () => {
    let marked = 'a re|d fox'
    for (let i = 0; i < 5; i++) marked = press(marked, 1)!
    for (let i = 0; i < 5; i++) marked = press(marked, -1)!
    expect(marked).toBe('a re|d fox')
  })
})

describe('weighted parts of a prompt', () => {
  it('are found with what is in them first', () => {
    expect(findWeightedParts('((fox:1.5) in snow:0.8)').map(({ start, end, weight }) => [start, end, weight])).toEqual([
      [1, 10, 1.5],
      [0, 23, 0.8],
    ])
  })

  it('are none where brackets are text', () => {
    expect(findWeightedParts('a (red) fox, \\(fox:2\\), fox:2)')).toEqual([])
  })
})
