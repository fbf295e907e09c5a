import { softmax } from '../../models/onnx/arithmetic.ts'
import { Graph } from '../../models/onnx/graph.ts'
import { matMul } from '../../models/onnx/products.ts'
import { createRandom } from '../../models/sampling/random.ts'
import { tensor } from '../../models/tensor/tensor.ts'
import type { Provider } from '../api/providers.ts'
import { openOnnxSession } from './onnx-session.ts'

/** How long the trial took, or why what is tried is of no use. */
export type Trial = { readonly ms: number } | { readonly failure: 'unavailable' | 'wrong' }
export type TryProvider = (provider: Provider) => Promise<Trial>

/**
 * The trial's matrices have this many rows, and as many columns. The small ones come first: what takes longer for them than the
 * processor for the large ones, such as a driver that computes on the processor itself, would take half a minute for those.
 */
const SIDES = { small: 128, large: 512 } as const
type Size = keyof typeof SIDES
/** As many products, one after the other: about what a layer of aMUSEd takes. */
const PRODUCTS = 4
/** Products of 512 terms in other orders differ by less, those of the 16 or 10 bits some cards take for 32 by more. */
const TOLERANCE = 1e-4

/** Runs a small graph on providers, and compares what they give with what the processor gives. Nothing is made before the first. */
export function createTrials(threadCount: number): TryProvider {
  const run = async (provider: Provider, size: Size) => {
    const { bytes, feeds } = prepareTrial(SIDES[size])
    const session = await openOnnxSession(bytes, { provider, threadCount })
    try {
      // The first run compiles.
      await session.run(feeds)
      const started = performance.now()
      const { y } = await session.run(feeds)
      return { ms: performance.now() - started, result: y!.data as Float32Array }
    } finally {
      await session.dispose()
    }
  }
  const known: Partial<Record<Size, ReturnType<typeof run>>> = {}
  const onProcessor = (size: Size) => (known[size] ??= run('cpu', size))

  const compare = async (provider: Provider, size: Size): Promise<Trial> => {
    const { ms, result } = await run(provider, size)
    const expected = (await onProcessor(size)).result
    const isRight = result.length === expected.length && result.every((value, i) => Math.abs(value - expected[i]!) <= TOLERANCE)
    return isRight ? { ms } : { failure: 'wrong' }
  }

  return async (provider) => {
    try {
      if (provider === 'cpu') return { ms: (await onProcessor('large')).ms }
      const small = await compare(provider, 'small')
      if ('failure' in small || small.ms > (await onProcessor('large')).ms) return small
      return await compare(provider, 'large')
    } catch {
      return { failure: 'unavailable' }
    }
  }
}

function prepareTrial(side: number) {
  const graph = new Graph('trial')
  const weight = graph.input('weight', 'float32', [side, side])
  let x = graph.input('x', 'float32', [side, side])
  for (let i = 0; i < PRODUCTS; i++) x = softmax(matMul(x, weight))
  graph.output('y', x)
  const random = createRandom(1)
  const draw = () => tensor('float32', [side, side], Float32Array.from({ length: side * side }, () => random() * 2 - 1))
  return { bytes: graph.serialize(), feeds: { x: draw(), weight: draw() } }
}
