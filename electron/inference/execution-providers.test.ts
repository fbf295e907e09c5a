import { describe, expect, it } from 'vitest'
import type { Provider } from '../api/providers.ts'
import { chooseExecution, findProvider } from './execution-providers.ts'
import type { Trial } from './try-provider.ts'

describe('chooseExecution', () => {
  it('takes all cores unless told otherwise, and never more', () => {
    expect(chooseExecution(0, 8).threadCount).toBe(8)
    expect(chooseExecution(3, 8).threadCount).toBe(3)
    expect(chooseExecution(64, 2).threadCount).toBe(2)
    expect(chooseExecution(0, 0).threadCount).toBe(1)
  })

  it('says why in words', () => {
    expect(chooseExecution(2, 4).reason).toMatch(/2 threads/)
    expect(chooseExecution(1, 4).reason).toMatch(/one thread/)
    const found = { provider: 'cpu', passedOver: [{ provider: 'cuda', why: 'unavailable' }] } as const
    expect(chooseExecution(1, 4, { precision: 'int8', reason: 'quick' }, found).reason).toMatch(/processor.*8 bits.*CUDA.*library is missing/)
  })
})

describe('findProvider', () => {
  const everything = ['cpu', 'webgpu', 'cuda', 'tensorrt']
  const tried: Provider[] = []
  const trials = (results: Partial<Record<Provider, Trial>>) => async (provider: Provider) => {
    tried.push(provider)
    return results[provider] ?? { failure: 'unavailable' as const }
  }

  it('tries in order, and takes the first that is right and quicker than the processor', async () => {
    tried.length = 0
    expect(await findProvider('auto', everything, trials({ webgpu: { ms: 5 }, cpu: { ms: 20 } }))).toEqual({
      provider: 'webgpu', passedOver: [{ provider: 'cuda', why: 'unavailable' }],
    })
    expect(tried).toEqual(['cuda', 'webgpu', 'cpu'])
  })

  it('stays on the processor by itself where a card is slow or wrong, and says so', async () => {
    const found = await findProvider('auto', everything, trials({ cuda: { failure: 'wrong' }, webgpu: { ms: 30 }, cpu: { ms: 20 } }))
    expect(found).toEqual({ provider: 'cpu', passedOver: [{ provider: 'cuda', why: 'wrong' }, { provider: 'webgpu', why: 'slow' }] })
  })

  it('says nothing of cards nobody asked for and nobody has', async () => {
    expect(await findProvider('auto', everything, trials({ cpu: { ms: 20 } }))).toEqual({ provider: 'cpu', passedOver: [] })
  })

  it('takes a slow one that was asked for, but none that computes wrongly', async () => {
    expect(await findProvider('webgpu', everything, trials({ webgpu: { ms: 30 }, cpu: { ms: 20 } }))).toMatchObject({ provider: 'webgpu' })
    expect(await findProvider('webgpu', everything, trials({ webgpu: { failure: 'wrong' } }))).toEqual({
      provider: 'cpu', passedOver: [{ provider: 'webgpu', why: 'wrong' }],
    })
  })

  it('says of one that was asked for that this system never has it', async () => {
    tried.length = 0
    expect(await findProvider('dml', everything, trials({}))).toEqual({ provider: 'cpu', passedOver: [{ provider: 'dml', why: 'unavailable' }] })
    expect(tried).toEqual([])
  })

  it('tries nothing where the processor is asked for', async () => {
    tried.length = 0
    expect(await findProvider('cpu', everything, trials({}))).toEqual({ provider: 'cpu', passedOver: [] })
    expect(tried).toEqual([])
  })
})
