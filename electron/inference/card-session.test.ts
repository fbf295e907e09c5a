import { describe, expect, it, vi } from 'vitest'
import type { Session } from '../../models/runtime/session.ts'
import { tensor } from '../../models/tensor/tensor.ts'
import { openCardSession } from './card-session.ts'

const answer = (value: number) => ({ y: tensor('float32', [1], Float32Array.of(value)) })
const sessionOf = (run: Session['run']) => ({ inputNames: ['x'], outputNames: ['y'], run, dispose: vi.fn(async () => {}) })
const failing = async () => {
  throw new Error('too many storage buffers')
}

describe('a graph on a graphics card', () => {
  it('stays there where it can be loaded and run', async () => {
    const onFallback = vi.fn()
    const session = await openCardSession(async () => sessionOf(async () => answer(1)), failing, onFallback)
    expect(await session.run({})).toEqual(answer(1))
    expect(onFallback).not.toHaveBeenCalled()
  })

  it('that the card cannot load runs on the processor', async () => {
    const onFallback = vi.fn()
    const session = await openCardSession(failing, async () => sessionOf(async () => answer(2)), onFallback)
    expect(await session.run({})).toEqual(answer(2))
    expect(onFallback).toHaveBeenCalledTimes(1)
  })

  it('that the card cannot run is run on the processor from then on, and the card lets go of it', async () => {
    const [card, processor] = [sessionOf(failing), sessionOf(async () => answer(2))]
    const onFallback = vi.fn()
    const openOnProcessor = vi.fn(async () => processor)
    const session = await openCardSession(async () => card, openOnProcessor, onFallback)
    expect([await session.run({}), await session.run({})]).toEqual([answer(2), answer(2)])
    expect(card.dispose).toHaveBeenCalledTimes(1)
    expect(openOnProcessor).toHaveBeenCalledTimes(1)
    expect(onFallback).toHaveBeenCalledTimes(1)
    await session.dispose()
    expect(processor.dispose).toHaveBeenCalledTimes(1)
  })

  it('that not even the processor can run says so', async () => {
    const session = await openCardSession(failing, async () => sessionOf(failing), () => {})
    await expect(session.run({})).rejects.toThrow('storage buffers')
  })
})
