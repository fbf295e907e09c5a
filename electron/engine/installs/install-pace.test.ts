import { describe, expect, it } from 'vitest'
import { InstallPace } from './install-pace.ts'

describe('the pace of an install', () => {
  it('is not told before it can be', () => {
    const pace = new InstallPace()
    pace.note(0, 0)
    pace.note(100, 50)
    expect(pace.perSecond).toBeNull()
    expect(pace.secondsLeft(1000)).toBeNull()
  })

  it('tells speed and seconds left', () => {
    const pace = new InstallPace()
    for (let ms = 0; ms <= 4000; ms += 500) pace.note(ms, ms / 10)
    expect(pace.perSecond).toBeCloseTo(100)
    expect(pace.secondsLeft(1400)).toBeCloseTo(10)
  })

  it('forgets how quick it was long ago, and what is counted anew', () => {
    const pace = new InstallPace()
    for (let ms = 0; ms <= 60_000; ms += 500) pace.note(ms, ms < 30_000 ? ms : 30_000 + (ms - 30_000) / 10)
    expect(pace.perSecond).toBeCloseTo(100)
    pace.note(60_500, 0)
    expect(pace.perSecond).toBeNull()
  })
})
