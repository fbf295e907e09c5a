import { describe, expect, it } from 'vitest'
import { markPrompt } from './prompt-marks.ts'

const unknown = (prompt: string, word: string) => {
  const start = prompt.indexOf(word)
  return { start, end: start + word.length, word, nearest: [] }
}

describe('marks in a prompt', () => {
  it('underlines the words the model does not know', () => {
    const prompt = 'a zorg on a beach'
    const parts = markPrompt(prompt, { cutAt: null, unknownWords: [unknown(prompt, 'zorg')], isFar: false })
    expect(parts.map(({ text, mark }) => [text, mark])).toEqual([
      ['a ', 'plain'],
      ['zorg', 'unknown'],
      [' on a beach', 'plain'],
    ])
  })

  it('crosses out what is not read, known or not', () => {
    const prompt = 'a beach and a zorg'
    const parts = markPrompt(prompt, { cutAt: 7, unknownWords: [unknown(prompt, 'zorg')], isFar: false })
    expect(parts).toEqual([
      { text: 'a beach', mark: 'plain' },
      { text: ' and a zorg', mark: 'cut' },
    ])
  })

  it('keeps every character', () => {
    const prompt = 'zorg zorg'
    const words = [unknown(prompt, 'zorg'), { ...unknown(prompt, 'zorg'), start: 5, end: 9 }]
    expect(markPrompt(prompt, { cutAt: null, unknownWords: words, isFar: false }).map(({ text }) => text).join('')).toBe(prompt)
  })
})
