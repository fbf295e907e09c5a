import type { Candidate } from './jobs.ts'

/** What candidates are ordered by, the best reason first. */
export type OrderReason = 'similarity' | 'likelihood'

export interface CandidateOrder {
  /** Candidates' indexes, best first. */
  readonly indexes: readonly number[]
  /** null where nothing is known that tells them apart: they stand as they were drawn. */
  readonly reason: OrderReason | null
}

const REASONS = ['similarity', 'likelihood'] as const satisfies readonly OrderReason[]

/**
 * Candidates from the best to the least. The pack's ranker decides where it has looked at all of them, for it alone was
 * made to compare pictures with words; else how likely the model itself finds what it drew. Equals stay as they were drawn.
 */
export function orderCandidates(candidates: readonly Pick<Candidate, 'index' | 'scores'>[]): CandidateOrder {
  const drawn = candidates.toSorted((a, b) => a.index - b.index)
  const scoresBy = (reason: OrderReason) => drawn.map(({ scores }) => scores?.[reason] ?? null)
  const reason = REASONS.find((each) => isTelling(scoresBy(each))) ?? null
  if (reason === null) return { indexes: drawn.map(({ index }) => index), reason }
  const scores = new Map(drawn.map(({ index }, i) => [index, scoresBy(reason)[i]!]))
  const sorted = drawn.toSorted((a, b) => scores.get(b.index)! - scores.get(a.index)!)
  return { indexes: sorted.map(({ index }) => index), reason }
}

function isTelling(scores: readonly (number | null)[]): boolean {
  return scores.length > 1 && scores.every((score) => score !== null) && new Set(scores).size > 1
}
