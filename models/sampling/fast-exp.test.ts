import { expect, test } from 'vitest'
import { fastExp } from './fast-exp.ts'

test('agrees with Math.exp from 0 down to -700', () => {
  let worst = 0
  for (let i = 0; i <= 70_000; i++) worst = Math.max(worst, Math.abs(fastExp(-i / 100) / Math.exp(-i / 100) - 1))
  expect(worst).toBeLessThan(1e-13)
  expect(fastExp(0)).toBe(1)
})

test('is 0 where the result would not matter, and for what is no number', () => {
  expect(fastExp(-701)).toBe(0)
  expect(fastExp(-Infinity)).toBe(0)
  expect(fastExp(NaN)).toBe(0)
})
