import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLogFile } from './log-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'remask-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('writes a line with the time, the level and the stack of an error', () => {
  const log = openLogFile(path.join(folder, 'logs'))
  log.write('error', 'It broke:', new Error('a reason'))
  const text = readFileSync(log.file, 'utf8')
  expect(text).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z error It broke: Error: a reason\n +at /)
})

it('keeps two files of at most a megabyte or so', () => {
  const log = openLogFile(folder)
  for (let i = 0; i < 30; i++) log.write('info', 'x'.repeat(100_000))
  expect(statSync(log.file).size).toBeLessThan(1_200_000)
  expect(existsSync(path.join(folder, 'remask.old.log'))).toBe(true)
})

it('does not fail where it cannot write', () => {
  const log = openLogFile(path.join(folder, 'logs'))
  rmSync(folder, { recursive: true })
  expect(() => log.write('info', 'hello')).not.toThrow()
})
