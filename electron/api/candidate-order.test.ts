import { describe, expect, it } from 'vitest'
import { orderCandidates } from './candidate-order.ts'

const scored = (similarities: readonly (number | null)[], likelihoods: readonly (number | null)[]) =>
  similarities.map((similarity, index) => ({ index, scores: { similarity, likelihood: likelihoods[index] ?? null } }))

describe('the order of candidates', () => {
  it('follows the ranker where it has looked at all', () => {
    expect(orderCandidates(scored([0.1, 0.3, 0.2], [-1, -2, -3]))).toEqual({ indexes: [1, 2, 0], reason: 'similarity' })
  })

  it('follows the likelihood where one was not ranked', () => {
    expect(orderCandidates(scored([0.1, null, 0.2], [-3, -1, -2]))).toEqual({ indexes: [1, 2, 0], reason: 'likelihood' })
  })

  it('stays as drawn where nothing is known, or nothing tells them apart', () => {
    expect(orderCandidates([{ index: 1 }, { index: 0 }])).toEqual({ indexes: [0, 1], reason: null })
    expect(orderCandidates(scored([0.5, 0.5], [null, null]))).toEqual({ indexes: [0, 1], reason: null })
  })

  it('keeps equals as they were drawn', () => {
    expect(orderCandidates(scored([0.5, 0.7, 0.5], [])).indexes).toEqual([1, 0, 2])
  })

  it('says nothing of a single candidate', () => {
    expect(orderCandidates(scored([0.5], [-1]))).toEqual({ indexes: [0], reason: null })
  })
})
