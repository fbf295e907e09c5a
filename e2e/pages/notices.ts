import type { Locator, Page } from '@playwright/test'

/** Short messages in the corner; each says what to do. */
export function findNotice(page: Page, text: string | RegExp): Locator {
  return page.getByRole('listitem').filter({ hasText: text }).filter({ has: page.getByRole('button', { name: 'Dismiss' }) })
}
