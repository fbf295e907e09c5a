import { describe, expect, it } from 'vitest'
import { parseHubRepository } from './hub-repository.ts'

describe('what a user types for a repository', () => {
  it.each([
    ['amused/amused-512', 'amused/amused-512', 'main'],
    ['  amused/amused-512 ', 'amused/amused-512', 'main'],
    ['amused/amused-512@v1.0', 'amused/amused-512', 'v1.0'],
    ['https://huggingface.co/amused/amused-256', 'amused/amused-256', 'main'],
    ['https://huggingface.co/amused/amused-256/', 'amused/amused-256', 'main'],
    ['https://huggingface.co/amused/amused-256/tree/0123abc/vqvae', 'amused/amused-256', '0123abc'],
    ['http://mirror.local:8080/owner/name?show=all#files', 'owner/name', 'main'],
  ])('%s', (typed, repository, revision) => {
    expect(parseHubRepository(typed)).toEqual({ kind: 'hub', repository, revision })
  })

  it.each(['', '/home/me/models/amused', '../amused', 'a/b/c', 'C:\\models', 'a b/c', 'owner/name@a b'])('is not one: %s', (typed) => {
    expect(parseHubRepository(typed)).toBeUndefined()
  })
})
