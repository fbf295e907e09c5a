import { describe, expect, it } from 'vitest'
import { PackError } from '../../models/importing/pack-error.ts'
import { EngineError } from '../api/errors.ts'
import { toEngineError } from './to-engine-error.ts'

describe('toEngineError', () => {
  it('tells a damaged pack from a missing one, and names the file', () => {
    const damaged = toEngineError(new PackError('file-hash-differs', 'transformer.onnx', 'other bytes'))
    expect(damaged.code).toBe('pack-corrupt')
    expect(damaged.message).toContain('transformer.onnx')
    expect(toEngineError(new PackError('missing', 'pack.json', '/nowhere')).code).toBe('pack-not-installed')
  })

  it('knows when memory ran out, also where a graph failed to load for it', () => {
    expect(toEngineError(new Error('std::bad_alloc')).code).toBe('out-of-memory')
    const cause = new Error('Failed to allocate memory for requested buffer of size 4294967296')
    expect(toEngineError(new PackError('graph-unreadable', 'a.onnx', 'no', { cause })).code).toBe('out-of-memory')
  })

  it('leaves engine errors alone and calls anything else a bug', () => {
    const known = new EngineError('invalid-request', 'No.')
    expect(toEngineError(known)).toBe(known)
    expect(toEngineError(new RangeError('3')).code).toBe('internal')
  })
})
