import { describe, expect, it } from 'vitest'
import { WINDOW_HEADER } from '../../electron/api/documents.ts'
import { EngineError } from '../../electron/api/errors.ts'
import { createEngineFetch } from './engine-request.ts'

describe('asking the engine', () => {
  it('says which window asks', async () => {
    let sent: RequestInit | undefined
    await createEngineFetch('w1', async (_, init) => ((sent = init), new Response('ok')))('/x')
    expect(new Headers(sent?.headers).get(WINDOW_HEADER)).toBe('w1')
  })

  it('throws what the engine refused with', async () => {
    const refuse = async () => new EngineError('disk-full', 'The disk is full.').toResponse()
    await expect(createEngineFetch('w1', refuse)('/x')).rejects.toMatchObject({ code: 'disk-full', message: 'The disk is full.' })
  })

  it('tells a missing engine from a refusing one', async () => {
    const fail = () => Promise.reject(new TypeError('Failed to fetch'))
    await expect(createEngineFetch('w1', fail)('/x')).rejects.toMatchObject({ code: 'engine-unreachable' })
  })
})
