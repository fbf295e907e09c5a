import { describe, expect, it } from 'vitest'
import { markPrompt } from './prompt-marks.ts'

const unknown = (prompt: string, word: string) => {
  const start = prompt.indexOf(word)
  return { start, end: start + word.length, word, nearest: [] }
}

describe('marks in a prompt', () => {
  it('underlines the words the model does not know', () => {
    const prompt = 'a zorg on a beach'
    const parts = markPrompt(prompt, { cutAt: null, unknownWords: [unknown(prompt, 'zorg')] })
    expect(parts.map(({ text, mark }) => [text, mark])).toEqual([
      ['a ', 'plain'],
      ['zorg', 'unknown'],
      [' on a beach', 'plain'],
    ])
  })

  it('crosses out what is not read, known or not', () => {
    const prompt = 'a beach and a zorg'
    const parts = markPrompt(prompt, { cutAt: 7, unknownWords: [unknown(prompt, 'zorg')] })
    expect(parts[0]).toMatchObject({ text: 'a beach', mark: 'plain' })
    expect(parts.slice(1).map(({ mark }) => mark)).toEqual(['cut', 'cut'])
  })

  it('shows what counts more and less, known or not, before the model is asked', () => {
    expect(markPrompt('a ((fox:2) in snow:0.5)', null)).toEqual([
      { text: 'a ', mark: 'plain', weight: 1 },
      { text: '(', mark: 'plain', weight: 0.5 },
      { text: '(fox:2)', mark: 'plain', weight: 1 },
      { text: ' in snow:0.5)', mark: 'plain', weight: 0.5 },
    ])
    const prompt = '(zorg:1.5)'
    const parts = markPrompt(prompt, { cutAt: null, unknownWords: [unknown(prompt, 'zorg')] })
    expect(parts).toContainEqual({ text: 'zorg', mark: 'unknown', weight: 1.5 })
  })

  it('keeps every character', () => {
    const prompt = 'zorg (zorg:1.2)'
    const words = [unknown(prompt, 'zorg'), { ...unknown(prompt, 'zorg'), start: 6, end: 10 }]
    const join = (check: Parameters<typeof markPrompt>[1]) => markPrompt(prompt, check).map(({ text }) => text).join('')
    expect(join({ cutAt: null, unknownWords: words })).toBe(prompt)
    expect(join({ cutAt: 3, unknownWords: words })).toBe(prompt)
    expect(markPrompt('', null)).toEqual([])
  })
})
