import type { Expectation } from './evaluation-folder.ts'
import type { Verdict } from './judge.ts'

/** Whether each thing that was asked of a picture is seen in it. Only what was asked has an entry. */
export type Score = Readonly<Partial<Record<Attribute, boolean>>>
export type Attribute = 'object' | 'colour' | 'position' | 'count' | 'place' | 'time' | 'weather' | 'style' | 'absent'

/** In the manner of GenEval (Ghosh et al. 2023): each attribute by itself; a picture is right where all are. */
export function scoreVerdict(verdict: Verdict, expected: Expectation): Score {
  const { things, count, not } = expected
  const coloured = things.filter(({ colour }) => colour !== undefined)
  const placed = things.filter(({ side }) => side !== undefined)
  const isOnSide = (concept: string, side: 'left' | 'right') => {
    const across = verdict.things.get(concept)?.across
    return across !== undefined && (side === 'left' ? across < 0.5 : across > 0.5)
  }
  return {
    ...(things.length > 0 && { object: things.every(({ concept }) => verdict.things.has(concept)) }),
    ...(coloured.length > 0 && { colour: coloured.every(({ concept, colour }) => verdict.things.get(concept)?.colour === colour) }),
    ...(placed.length > 0 && { position: placed.every(({ concept, side }) => isOnSide(concept, side!)) }),
    ...(count !== undefined && { count: verdict.count === count }),
    ...(['place', 'time', 'weather', 'style'] as const).reduce<Partial<Record<Attribute, boolean>>>(
      (scores, name) => (expected[name] === undefined ? scores : { ...scores, [name]: verdict[name] === expected[name] }), {},
    ),
    ...(not !== undefined && { absent: verdict.time !== not.time && !(not.sky !== undefined && verdict.sky.has(not.sky)) }),
  }
}

export function isAllRight(score: Score): boolean {
  return Object.values(score).every(Boolean)
}

/** What an edit must change and what it must leave: the attributes in which the two expectations differ, and the others. */
export function scoreEdit(verdict: Verdict, before: Expectation, after: Expectation): { isChangeSeen: boolean; keptShare: number } {
  const wanted = scoreVerdict(verdict, after)
  const names = Object.keys(wanted) as Attribute[]
  const isChanged = (name: Attribute) => JSON.stringify(partOf(before, name)) !== JSON.stringify(partOf(after, name))
  const changed = names.filter(isChanged)
  const kept = names.filter((name) => !isChanged(name))
  const gone = before.things.filter(({ concept }) => !after.things.some((thing) => thing.concept === concept))
  return {
    isChangeSeen: changed.every((name) => wanted[name]) && gone.every(({ concept }) => !verdict.things.has(concept)),
    keptShare: kept.length === 0 ? 1 : kept.filter((name) => wanted[name]).length / kept.length,
  }
}

const THING_PARTS: Partial<Record<Attribute, 'concept' | 'colour' | 'side'>> = { object: 'concept', colour: 'colour', position: 'side' }

function partOf(expected: Expectation, name: Attribute): unknown {
  const part = THING_PARTS[name]
  if (part !== undefined) return expected.things.map((thing) => thing[part])
  return expected[name as 'count' | 'place' | 'time' | 'weather' | 'style']
}
