import { expect, test } from 'vitest'
import { createFileRegistry } from './file-registry.ts'

test('an id says nothing of its path and opens only what it was given for', () => {
  const files = createFileRegistry()
  const opened = files.registerForOpening('/pictures/dog.png')
  const saved = files.registerForSaving('/pictures/out.png')
  expect(opened).not.toContain('dog')
  expect(files.pathOf(opened, 'open')).toBe('/pictures/dog.png')
  expect(files.nameOf(saved)).toBe('out.png')
  expect(() => files.pathOf(opened, 'save')).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(() => files.pathOf(saved, 'open')).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(() => files.pathOf('/etc/passwd')).toThrow(expect.objectContaining({ code: 'not-found' }))
})

test('forgets the oldest ids rather than growing without end', () => {
  const files = createFileRegistry()
  const first = files.registerForOpening('/first')
  let last = first
  for (let i = 0; i < 10_000; i++) last = files.registerForOpening(`/${i}`)
  expect(() => files.pathOf(first)).toThrow()
  expect(files.pathOf(last)).toBe('/9999')
})
