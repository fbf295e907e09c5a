import type { Locator, Page } from '@playwright/test'
import { EDIT_STRINGS, OPTION_STRINGS, PROMPT_STRINGS, RUN_STRINGS } from '../../electron/api/strings/prompt.ts'

export type EditReason = keyof typeof EDIT_STRINGS

/** The one box everything is asked for in. */
export class PromptBox {
  readonly element: Locator
  readonly input: Locator
  readonly progress: Locator
  readonly cancel: Locator
  readonly keep: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.element = page.getByRole('region', { name: PROMPT_STRINGS.label })
    this.input = this.element.getByRole('textbox', { name: PROMPT_STRINGS.label })
    this.progress = this.element.getByRole('progressbar', { name: RUN_STRINGS.progressLabel })
    this.cancel = this.element.getByRole('button', { name: RUN_STRINGS.cancel, exact: true })
    this.keep = this.element.getByRole('button', { name: RUN_STRINGS.keep })
  }

  /** Types as a user does and presses Enter. */
  async ask(prompt: string): Promise<void> {
    await this.input.fill(prompt)
    await this.input.press('Enter')
  }

  /** What stands beside the box for one state of the canvas. */
  words(reason: EditReason): Locator {
    const { action, detail } = EDIT_STRINGS[reason]
    return this.element.getByText(`${action}. ${detail ?? PROMPT_STRINGS.startHint}`, { exact: true })
  }

  startButton(reason: EditReason): Locator {
    return this.element.getByRole('button', { name: EDIT_STRINGS[reason].button, exact: true })
  }

  get more(): Locator {
    return this.#page.getByRole('dialog', { name: PROMPT_STRINGS.moreLabel })
  }

  async openMore(): Promise<Locator> {
    await this.element.getByRole('button', { name: PROMPT_STRINGS.more }).click()
    return this.more
  }

  async closeMore(): Promise<void> {
    await this.#page.keyboard.press('Escape')
    await this.more.waitFor({ state: 'hidden' })
  }

  /** Fewer candidates for specs that need only one. */
  async setCount(count: 1 | 2 | 4 | 6 | 8): Promise<void> {
    await (await this.openMore()).getByRole('radio', { name: String(count), exact: true }).click()
    await this.closeMore()
  }

  async setSteps(count: number): Promise<void> {
    await this.#typeNumber(OPTION_STRINGS.steps, count)
  }

  /** Types it, which locks it. */
  async setSeed(seed: number): Promise<void> {
    await this.#typeNumber(OPTION_STRINGS.seed, seed)
  }

  async #typeNumber(label: string, value: number): Promise<void> {
    const input = (await this.openMore()).getByRole('spinbutton', { name: label })
    await input.fill(String(value))
    await input.press('Enter')
    await this.closeMore()
  }
}
