import { expect, it } from 'vitest'
import { isMostlyFar } from './far-prompts.ts'

it('a prompt is far where at least half of its words are', () => {
  expect(isMostlyFar(2, 3)).toBe(true)
  expect(isMostlyFar(1, 2)).toBe(true)
  expect(isMostlyFar(1, 3)).toBe(false)
})

it('an empty prompt is not', () => {
  expect(isMostlyFar(0, 0)).toBe(false)
})
