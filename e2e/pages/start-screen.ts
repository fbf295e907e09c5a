import { expect, type Locator, type Page } from '@playwright/test'
import { START_SCREEN_STRINGS as STRINGS } from '../../electron/api/strings/start-screen.ts'
import { COMMAND_LABELS } from '../../electron/api/strings/menu.ts'
import type { Remask } from '../harness/remask.ts'
import { Editor } from './editor.ts'

/** The first thing seen: a prompt, and all documents. */
export class StartScreen {
  readonly prompt: Locator
  readonly examples: Locator
  readonly newDocument: Locator
  readonly settings: Locator
  readonly #remask: Remask

  constructor(remask: Remask) {
    const { page } = remask
    this.#remask = remask
    this.prompt = page.getByRole('textbox', { name: STRINGS.promptLabel })
    this.examples = page.getByRole('list', { name: STRINGS.examples }).getByRole('button')
    this.settings = page.getByRole('button', { name: COMMAND_LABELS['app.settings'] })
    this.newDocument = page.getByRole('button', { name: STRINGS.newDocument })
  }

  get #page(): Page {
    return this.#remask.page
  }

  async create(prompt: string): Promise<Editor> {
    await this.prompt.fill(prompt)
    await this.prompt.press('Enter')
    return this.#enterEditor()
  }

  async startNewDocument(): Promise<Editor> {
    await this.newDocument.click()
    return this.#enterEditor()
  }

  /** The editor that opens by itself. */
  createdDocument(): Promise<Editor> {
    return this.#enterEditor()
  }

  /** What is said of the prompt while it is written. */
  get notes(): Locator {
    return this.#page.getByRole('main').getByRole('status')
  }

  /** A piece of the prompt as it is drawn behind the text: underlined, crossed out or plain. */
  markedWords(text: string | RegExp): Locator {
    return this.#page.getByRole('main').locator('[aria-hidden] > span').filter({ hasText: text }).last()
  }

  /** By *Open a picture* and the host's own dialog. */
  async openPicture(file: string): Promise<Editor> {
    await this.chooseFiles(file)
    return this.#enterEditor()
  }

  async chooseFiles(...files: readonly string[]): Promise<void> {
    await this.#remask.running.answerOpenDialog(files)
    await this.#page.getByRole('button', { name: STRINGS.openPicture }).click()
  }

  card(name: string): Locator {
    return this.#page.getByRole('listitem').filter({ has: this.#page.getByRole('button', { name: STRINGS.open(name), exact: true }) })
  }

  get cards(): Locator {
    return this.#page.getByRole('button', { name: new RegExp(`^${STRINGS.open('')}(?!a picture$)`) })
  }

  async openDocument(name: string): Promise<Editor> {
    await this.#page.getByRole('button', { name: STRINGS.open(name), exact: true }).first().click()
    return this.#enterEditor()
  }

  async chooseFor(name: string, action: 'rename' | 'duplicate' | 'delete'): Promise<void> {
    await this.#page.getByRole('button', { name: STRINGS.moreActions(name), exact: true }).click()
    await this.#page.getByRole('menuitem', { name: STRINGS[action] }).click()
  }

  async #enterEditor(): Promise<Editor> {
    const editor = new Editor(this.#remask)
    await expect(editor.canvas.element).toBeVisible()
    return editor
  }
}
