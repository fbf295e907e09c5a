import type { Locator, Page } from '@playwright/test'
import type { EditKind } from '../../electron/api/edits.ts'
import { HISTORY_PANEL_STRINGS as STRINGS } from '../../electron/api/strings/candidates.ts'
import { HISTORY_STRINGS, type HistoryLabel } from '../../electron/api/strings/history.ts'

/** Everything ever done to the document. */
export class HistoryPanel {
  readonly element: Locator
  readonly entries: Locator
  readonly current: Locator
  readonly siblings: Locator

  constructor(page: Page) {
    this.element = page.getByRole('complementary', { name: STRINGS.title })
    this.entries = this.element.getByRole('listitem')
    this.current = this.element.locator('[aria-current="true"]')
    this.siblings = this.element.getByRole('group', { name: STRINGS.siblings }).getByRole('button')
  }

  entry(label: HistoryLabel): Locator {
    return this.entries.getByRole('button', { name: new RegExp(`^${HISTORY_STRINGS[label]}`) })
  }

  /** A run whose candidates were not taken, or not yet. */
  run(kind: EditKind): Locator {
    return this.entries.getByRole('button', { name: new RegExp(`^${STRINGS.run(HISTORY_STRINGS[`accept-${kind}`])}`) })
  }
}
