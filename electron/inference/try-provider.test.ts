import { describe, expect, it, vi } from 'vitest'
import { listProviders } from './likely-providers.ts'
import { createTrials } from './try-provider.ts'

vi.setConfig({ testTimeout: 60_000 })

describe('the trial of a provider', () => {
  it('runs on the processor', async () => {
    expect(await createTrials(1)('cpu')).toEqual({ ms: expect.any(Number) as number })
  })

  // ONNX Runtime's package lists CUDA for Linux and leaves its library out.
  it.runIf(listProviders().includes('cuda'))('says that a card is not to be had, and throws nothing', async () => {
    expect(await createTrials(1)('cuda')).toEqual({ failure: 'unavailable' })
  })
})
