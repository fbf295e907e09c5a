import { expect, type Locator, type Page } from '@playwright/test'
import { CANDIDATE_STRINGS as STRINGS } from '../../electron/api/strings/candidates.ts'
import { RUN_STRINGS } from '../../electron/api/strings/prompt.ts'
import { RUN_WITHIN } from './timings.ts'

/** The candidates of the open run, forming or done. Candidates are counted from 1, as their keys are. */
export class CandidateTray {
  readonly element: Locator
  readonly forming: Locator
  readonly use: Locator
  readonly dismiss: Locator
  readonly before: Locator
  readonly problem: Locator
  readonly retry: Locator

  constructor(page: Page) {
    this.element = page.getByRole('region', { name: STRINGS.tray })
    this.forming = this.element.getByRole('button', { name: /, forming$/ })
    this.use = this.element.getByRole('button', { name: STRINGS.accept })
    this.dismiss = this.element.getByRole('button', { name: STRINGS.dismiss })
    this.before = this.element.getByRole('button', { name: STRINGS.before })
    this.problem = this.element.getByRole('alert')
    this.retry = this.problem.getByRole('button', { name: RUN_STRINGS.retry })
  }

  /** Once it is done. */
  candidate(number: number): Locator {
    return this.element.getByRole('button', { name: STRINGS.name(number - 1), exact: true })
  }

  /** In whatever state. */
  card(number: number): Locator {
    return this.element.getByRole('button', { name: new RegExp(`^${STRINGS.name(number - 1)}(,|$)`) })
  }

  /** "96.3 % of your picture untouched, checked" */
  get receipt(): Locator {
    return this.element.getByText(/untouched, checked$/)
  }

  async waitUntilDone(count: number): Promise<void> {
    await expect(this.candidate(count)).toBeVisible(RUN_WITHIN)
    await expect(this.forming).toHaveCount(0, RUN_WITHIN)
  }

  async accept(number: number): Promise<void> {
    await expect(this.candidate(number)).toBeVisible(RUN_WITHIN)
    await this.candidate(number).click()
    await expect(this.element).toBeHidden()
  }
}
