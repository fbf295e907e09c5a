import { expect, it } from 'vitest'
import { isOwnUrl, PAGE_URL } from './own-page.ts'

it('knows its own page', () => {
  expect(isOwnUrl(PAGE_URL)).toBe(true)
  expect(isOwnUrl('app://remask/index.html?document=1#top')).toBe(true)
})

it.each(['https://remask/', 'app://evil/', 'app://remask.evil/', 'file:///app://remask/', 'about:blank', 'remask', ''])(
  'does not take "%s" for it',
  (address) => expect(isOwnUrl(address)).toBe(false),
)
