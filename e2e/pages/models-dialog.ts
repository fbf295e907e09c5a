import type { Locator, Page } from '@playwright/test'
import { ADD_MODEL_STRINGS, INSPECTION_STRINGS, MODELS_STRINGS as STRINGS, STYLE_FILE_STRINGS } from '../../electron/api/strings/models-dialog.ts'
import type { Remask } from '../harness/remask.ts'

/** The dialog in which models are added, switched and removed. */
export class ModelsDialog {
  readonly element: Locator
  readonly #remask: Remask

  constructor(remask: Remask) {
    this.#remask = remask
    this.element = remask.page.getByRole('dialog')
  }

  get #page(): Page {
    return this.#remask.page
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+Shift+m')
    await this.element.waitFor()
  }

  async close(): Promise<void> {
    await this.element.getByRole('button', { name: STRINGS.close, exact: true }).click()
    await this.element.waitFor({ state: 'hidden' })
  }

  model(name: string): Locator {
    return this.element.getByRole('listitem', { name, exact: true })
  }

  /** By the host's dialog where it has one for folders, else by typing the path. */
  async lookAtFolder(folder: string): Promise<void> {
    const choose = this.element.getByRole('button', { name: ADD_MODEL_STRINGS.chooseFolder })
    if (await choose.isVisible()) {
      await this.#remask.running.answerOpenDialog([folder])
      await choose.click()
      return
    }
    await this.element.getByLabel(ADD_MODEL_STRINGS.folder, { exact: true }).fill(folder)
    await this.#page.keyboard.press('Enter')
  }

  async lookAtRepository(typed: string): Promise<void> {
    await this.element.getByLabel(ADD_MODEL_STRINGS.hub, { exact: true }).fill(typed)
    await this.#page.keyboard.press('Enter')
  }

  /** The switch that accepts the licence. */
  get licence(): Locator {
    return this.element.getByRole('switch')
  }

  get install(): Locator {
    return this.element.getByRole('button', { name: INSPECTION_STRINGS.install, exact: true })
  }

  /** By the host's dialog where it has one for files, else by typing the path. */
  async addStyle(model: string, file: string, name: string): Promise<void> {
    const element = this.model(model)
    await element.getByRole('button', { name: STYLE_FILE_STRINGS.add, exact: true }).click()
    const choose = element.getByRole('button', { name: STYLE_FILE_STRINGS.choose })
    if (await choose.isVisible()) {
      await this.#remask.running.answerOpenDialog([file])
      await choose.click()
    } else await element.getByLabel(STYLE_FILE_STRINGS.file, { exact: true }).fill(file)
    await element.getByLabel(STYLE_FILE_STRINGS.name, { exact: true }).fill(name)
    await element.getByRole('button', { name: STYLE_FILE_STRINGS.confirm, exact: true }).click()
  }

  async remove(name: string): Promise<void> {
    await this.model(name).getByRole('button', { name: STRINGS.remove }).click()
    await this.#page.getByRole('alertdialog').getByRole('button', { name: STRINGS.confirmRemove }).click()
  }
}
