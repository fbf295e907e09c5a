import { describe, expect, it } from 'vitest'
import { detectPlatform } from './browser-host.ts'

describe('the browser host', () => {
  it.each([
    ['MacIntel', 'mac'],
    ['Win32', 'windows'],
    ['Linux x86_64', 'linux'],
    ['', 'linux'],
  ])('takes %j for %s, so that keys are shown as they are written there', (platform, expected) => {
    expect(detectPlatform(platform)).toBe(expected)
  })
})
