import { describe, expect, it } from 'vitest'
import { Matrix } from 'ml-matrix'
import { createRandom } from '../../../models/sampling/random.ts'
import { frechetDistance, momentsOf, unpackMoments } from './frechet-distance.ts'

const normal = (mean: number[], variances: number[]) => ({ mean, covariance: Matrix.diag(variances) })

describe('frechetDistance', () => {
  it('is nothing between equals', () => {
    expect(frechetDistance(normal([1, 2], [4, 9]), normal([1, 2], [4, 9]))).toBeCloseTo(0, 9)
  })

  it('adds squared shifts and squared differences of deviations', () => {
    expect(frechetDistance(normal([0, 0], [4, 9]), normal([3, 4], [16, 1]))).toBeCloseTo(25 + 4 + 4, 9)
  })

  it('does not depend on the order, with features that go together', () => {
    const random = createRandom(3)
    const draw = () => Array.from({ length: 40 }, () => Float32Array.from({ length: 3 }, (_, k) => random() + (k > 0 ? random() : 0)))
    const [a, b] = [momentsOf(draw()), momentsOf(draw())]
    expect(frechetDistance(a, b)).toBeCloseTo(frechetDistance(b, a), 6)
    expect(frechetDistance(a, b)).toBeGreaterThan(0)
  })
})

it('moments are unpacked as the training packs them', () => {
  const { mean, covariance } = unpackMoments(Float32Array.of(1, 2, 3, 0, 0, 5))
  expect(mean).toEqual([1, 2])
  expect(covariance.to2DArray()).toEqual([[3, 0], [0, 5]])
  expect(() => unpackMoments(new Float32Array(5))).toThrow(RangeError)
})

it('moments of pictures are their mean and covariance', () => {
  const { mean, covariance } = momentsOf([Float32Array.of(0, 0), Float32Array.of(2, 4)])
  expect(mean).toEqual([1, 2])
  expect(covariance.to2DArray()).toEqual([[2, 4], [4, 8]])
})
