import { describe, expect, it } from 'vitest'
import { nameFromPrompt } from './documents.ts'

describe('the name of a document made from a prompt', () => {
  it('is the prompt on one line', () => {
    expect(nameFromPrompt('  a beach\n at night ')).toBe('a beach at night')
    expect(nameFromPrompt(' ')).toBe('Untitled')
  })

  it('is cut after a word', () => {
    expect(nameFromPrompt('a green meadow with a rainbow above a red house by a lake')).toBe('a green meadow with a rainbow above a red house …')
  })

  it('is cut between characters where there are no spaces, never through one', () => {
    expect(nameFromPrompt('夕'.repeat(60))).toBe(`${'夕'.repeat(48)} …`)
    expect(nameFromPrompt(`x${'👩‍🚀'.repeat(60)}`)).toBe(`x${'👩‍🚀'.repeat(47)} …`)
  })
})
