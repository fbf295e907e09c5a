import path from 'node:path'
import { expect, it } from 'vitest'
import { nameFiles } from './write-results.ts'

it('numbers the files of several pictures from 1', () => {
  expect(nameFiles('a.png', 1)).toEqual(['a.png'])
  expect(nameFiles(path.join('out', 'a.b.webp'), 3)).toEqual(
    [1, 2, 3].map((number) => path.join('out', `a.b-${number}.webp`)),
  )
})
