import { describe, expect, it } from 'vitest'
import type { Verdict } from './judge.ts'
import { isAllRight, scoreEdit, scoreVerdict } from './score.ts'

const verdict = (change: Partial<Verdict> = {}): Verdict => ({
  things: new Map([['fox', { colour: 'blue', across: 0.3 }], ['car', { colour: 'red', across: 0.8 }]]),
  count: 2, place: 'snow', time: 'night', weather: 'clear', style: 'flat', sky: new Set(['stars']), features: new Float32Array(), ...change,
})

describe('scoreVerdict', () => {
  it('asks only for what the prompt asked for', () => {
    expect(scoreVerdict(verdict(), { things: [{ concept: 'fox' }], place: 'snow' })).toEqual({ object: true, place: true })
    expect(scoreVerdict(verdict(), { things: [], time: 'night' })).toEqual({ time: true })
  })

  it('wants every thing, in its own colour and on its side', () => {
    const things = [{ concept: 'fox', colour: 'blue', side: 'left' }, { concept: 'car', colour: 'blue' }] as const
    expect(scoreVerdict(verdict(), { things: [...things] })).toEqual({ object: true, colour: false, position: true })
    expect(scoreVerdict(verdict(), { things: [{ concept: 'fox', side: 'right' }, { concept: 'cat' }] })).toEqual({ object: false, position: false })
  })

  it('wants what a negative prompt names to be absent', () => {
    expect(scoreVerdict(verdict(), { things: [], not: { sky: 'stars' } })).toEqual({ absent: false })
    expect(scoreVerdict(verdict(), { things: [], not: { sky: 'rainbow' } })).toEqual({ absent: true })
    expect(scoreVerdict(verdict(), { things: [], not: { time: 'night' } })).toEqual({ absent: false })
  })

  it('is right only where all of it is', () => {
    expect(isAllRight({ object: true, place: true })).toBe(true)
    expect(isAllRight({ object: true, place: false })).toBe(false)
  })
})

describe('scoreEdit', () => {
  const before = { things: [{ concept: 'fox' }, { concept: 'car' }], count: 2, place: 'snow', style: 'flat' }

  it('sees a change of style and what stayed', () => {
    const after = { ...before, style: 'oil' }
    expect(scoreEdit(verdict({ style: 'oil', place: 'city' }), before, after)).toEqual({ isChangeSeen: true, keptShare: 2 / 3 })
    expect(scoreEdit(verdict(), before, after)).toEqual({ isChangeSeen: false, keptShare: 1 })
  })

  it('a thing that was to go must be gone', () => {
    const after = { ...before, things: [{ concept: 'fox' }], count: 1 }
    expect(scoreEdit(verdict({ count: 1 }), before, after).isChangeSeen).toBe(false)
    const alone = verdict({ count: 1, things: new Map([['fox', { colour: 'own', across: 0.5 }]]) })
    expect(scoreEdit(alone, before, after).isChangeSeen).toBe(true)
  })
})
