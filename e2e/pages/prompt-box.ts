import { expect, type Locator, type Page } from '@playwright/test'
import { EDIT_OPTION_STRINGS } from '../../electron/api/strings/edit-options.ts'
import { EDIT_LIST_STRINGS, EDIT_STRINGS, type EditId, type EditWords } from '../../electron/api/strings/edits.ts'
import { OPTION_STRINGS, PROMPT_STRINGS, RUN_STRINGS } from '../../electron/api/strings/prompt.ts'

/** Of the canvas, what edits are called after. */
type EditedCanvas = Parameters<(typeof EDIT_STRINGS)['extend']['label']>[0]
const UNMASKED: EditedCanvas = { isMasked: false, sides: ['right'] }

/** How an edit may be put into words: as an instruction, or not. */
const waysOf = (id: EditId): readonly Partial<EditWords>[] => [EDIT_STRINGS[id], (EDIT_STRINGS[id] as EditWords).instructed ?? {}]
const oneOf = (texts: readonly (string | undefined)[]) => texts.filter((text) => text !== undefined).join('|')

/** The one box everything is asked for in. */
export class PromptBox {
  readonly element: Locator
  readonly input: Locator
  readonly progress: Locator
  /** Shown while a run takes its third step or a later one. */
  readonly laterStep: Locator
  readonly cancel: Locator
  readonly keep: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.element = page.getByRole('region', { name: PROMPT_STRINGS.label })
    this.input = this.element.getByRole('textbox', { name: PROMPT_STRINGS.label })
    this.progress = this.element.getByRole('progressbar', { name: RUN_STRINGS.progressLabel })
    this.laterStep = this.element.getByText(/Step (?![12] )\d+ of/)
    this.cancel = this.element.getByRole('button', { name: RUN_STRINGS.cancel, exact: true })
    this.keep = this.element.getByRole('button', { name: RUN_STRINGS.keep })
  }

  /** Types as a user does and presses Enter. */
  async ask(prompt: string): Promise<void> {
    await this.input.fill(prompt)
    await this.input.press('Enter')
  }

  /** What Enter starts, in words. */
  words(id: EditId, canvas: EditedCanvas = UNMASKED): Locator {
    return this.element.getByText(new RegExp(`^(${oneOf(waysOf(id).map(({ label }) => label?.(canvas)))})$`))
  }

  startButton(id: EditId): Locator {
    return this.element.getByRole('button', { name: EDIT_STRINGS[id].button, exact: true })
  }

  /** The pill that opens the list of edits. */
  get editSwitch(): Locator {
    return this.element.getByRole('button', { name: /^Enter starts: / })
  }

  /** An entry of the open list, by what it is called. */
  offer(id: EditId, canvas: EditedCanvas = UNMASKED): Locator {
    const name = new RegExp(`^(${oneOf(waysOf(id).map(({ label }) => label?.(canvas)))})`)
    return this.#page.getByRole('group', { name: EDIT_LIST_STRINGS.title }).getByRole('menuitemradio', { name })
  }

  /** Switches by mouse to another edit. */
  async choose(id: EditId, canvas: EditedCanvas = UNMASKED): Promise<void> {
    await this.editSwitch.click()
    await this.offer(id, canvas).click()
    await expect(this.words(id, canvas)).toBeVisible()
  }

  /** The slider in the box itself. */
  option(key: 'strength' | 'share'): Locator {
    return this.element.getByRole('slider', { name: EDIT_OPTION_STRINGS[key].label })
  }

  style(name: string): Locator {
    return this.element.getByRole('group', { name: EDIT_LIST_STRINGS.styles }).getByRole('button', { name })
  }

  /** Said where an edit needs words and there are none. */
  missingWords(id: 'retouch' | 'restyle'): Locator {
    return this.element.getByText(new RegExp(oneOf(waysOf(id).map(({ wordsMissing }) => wordsMissing))))
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
    await this.#typeNumber(EDIT_OPTION_STRINGS.steps.label, count)
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
