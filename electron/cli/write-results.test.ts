import path from 'node:path'
import { expect, it } from 'vitest'
import { nameFiles, nameOutputs } from './write-results.ts'

it('numbers the files of several pictures from 1', () => {
  expect(nameFiles('a.png', 1)).toEqual(['a.png'])
  expect(nameFiles(path.join('out', 'a.b.webp'), 3)).toEqual(
    [1, 2, 3].map((number) => path.join('out', `a.b-${number}.webp`)),
  )
})

it('names a file of tokens beside each picture', () => {
  expect(nameOutputs(path.join('out', 'a.png'), 2, true)).toEqual(
    ['a-1.png', 'a-2.png', 'a-1.tokens.json', 'a-2.tokens.json'].map((name) => path.join('out', name)),
  )
})
