import { expect, it } from 'vitest'
import { locateWords } from './locate-words.ts'

/** Two letters a token, none of it across white space. */
const countPairs = (text: string) => text.split(/\s+/).reduce((sum, word) => sum + Math.ceil(word.length / 2), 0)

it('gives every token of a word the word’s start, special ones and padding none', () => {
  expect([...locateWords('a  cat sat', countPairs, 9)]).toEqual([-1, 0, 3, 3, 7, 7, -1, -1, -1])
})

it('ends where the encoder stops reading', () => {
  expect([...locateWords('abcd efgh', countPairs, 5)]).toEqual([-1, 0, 0, 5, -1])
  expect([...locateWords('', countPairs, 3)]).toEqual([-1, -1, -1])
})
