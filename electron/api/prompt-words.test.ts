import { expect, it } from 'vitest'
import { findPromptWords, leaveOutWord } from './prompt-words.ts'

const wordsOf = (prompt: string) => findPromptWords(prompt).map(({ text }) => text)

it('finds the words of a prompt in any script, and no weights', () => {
  expect(wordsOf('a well-lit lake, (dawn:1.3) ')).toEqual(['a', 'well-lit', 'lake', 'dawn'])
  expect(wordsOf('кот 🐈 猫')).toEqual(['кот', '🐈', '猫'])
  expect(wordsOf('')).toEqual([])
})

it('leaves a word out as if it had not been written', () => {
  const prompt = 'a red fox'
  const [, red] = findPromptWords(prompt)
  expect(leaveOutWord(prompt, red!)).toBe('a fox')
})
