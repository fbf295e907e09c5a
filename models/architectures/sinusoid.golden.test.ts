import { expect, it } from 'vitest'
import { largestDifference, readGoldenTensors } from '../golden/golden.ts'
import { encodeSinusoids } from './sinusoid.ts'

it('encodes numbers as PyTorch does, cosines first, up to 63 000', async () => {
  const golden = await readGoldenTensors('sinusoid', 'sinusoid.safetensors')
  const values = [...(golden.get('values')!.data as Float32Array)]
  expect(Math.max(...values)).toBe(63_000)
  expect(largestDifference(encodeSinusoids(values, 256), golden.get('embeddings')!.data)).toBeLessThan(1e-6)
})
