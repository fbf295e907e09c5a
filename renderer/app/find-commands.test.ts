import { describe, expect, it } from 'vitest'
import { findCommands } from './find-commands.ts'

describe('searching commands', () => {
  it('finds a command by the beginnings of its words', () => {
    expect(findCommands('inv ma')).toEqual(['mask.invert'])
  })

  it('finds a whole menu by its name', () => {
    expect(findCommands('mask')).toContain('mask.grow')
  })

  it('finds nothing for words no command has', () => {
    expect(findCommands('xyzzy')).toEqual([])
  })
})
