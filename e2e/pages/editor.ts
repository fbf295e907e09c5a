import { expect, type Locator, type Page } from '@playwright/test'
import type { CommandId } from '../../electron/api/menu.ts'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { EDITOR_STRINGS, TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import { HISTORY_STRINGS, type HistoryLabel } from '../../electron/api/strings/history.ts'
import { COMMAND_LABELS } from '../../electron/api/strings/menu.ts'
import { START_SCREEN_STRINGS } from '../../electron/api/strings/start-screen.ts'
import type { Remask } from '../harness/remask.ts'
import { CandidateTray } from './candidate-tray.ts'
import { Canvas } from './canvas.ts'
import { HistoryPanel } from './history-panel.ts'
import { PromptBox } from './prompt-box.ts'

/** An open document. */
export class Editor {
  readonly canvas: Canvas
  readonly promptBox: PromptBox
  readonly tray: CandidateTray
  readonly history: HistoryPanel
  readonly undoButton: Locator
  readonly redoButton: Locator
  readonly zoom: Locator
  readonly #remask: Remask

  constructor(remask: Remask) {
    const { page } = remask
    this.#remask = remask
    this.canvas = new Canvas(remask)
    this.promptBox = new PromptBox(page)
    this.tray = new CandidateTray(page)
    this.history = new HistoryPanel(page)
    this.undoButton = page.getByRole('button', { name: /^Undo(:|$)/ }).first()
    this.redoButton = page.getByRole('button', { name: /^Redo(:|$)/ }).first()
    this.zoom = page.getByTitle(EDITOR_STRINGS.zoomMenu, { exact: true })
  }

  get #page(): Page {
    return this.#remask.page
  }

  /** The document's id, from the address. */
  get id(): string {
    return new URL(this.#page.url()).hash.replace('#/documents/', '')
  }

  /** Presses keys as if the canvas had just been clicked: no text field takes them. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.canvas.element.focus()
    for (const key of keys) await this.#page.keyboard.press(key)
  }

  async undo(): Promise<void> {
    await this.press('ControlOrMeta+z')
  }

  async redo(): Promise<void> {
    await this.press('ControlOrMeta+Shift+z')
  }

  /** What one undo would take back; null = nothing. */
  async expectUndo(label: HistoryLabel | null): Promise<void> {
    await expect(this.undoButton).toHaveAccessibleName(EDITOR_STRINGS.undo(label && HISTORY_STRINGS[label]))
  }

  async expectRedo(label: HistoryLabel | null): Promise<void> {
    await expect(this.redoButton).toHaveAccessibleName(EDITOR_STRINGS.redo(label && HISTORY_STRINGS[label]))
  }

  /** The button of a command in a bar or in the rail. */
  button(command: CommandId): Locator {
    return this.#page.getByRole('button', { name: COMMAND_LABELS[command], exact: true })
  }

  async chooseTool(tool: 'brush' | 'eraser' | 'rectangle' | 'lasso' | 'frame' | 'likeness' | 'pin' | 'patch' | 'pan'): Promise<void> {
    const button = this.button(`tool.${tool}`)
    await button.click()
    await expect(button).toHaveAttribute('aria-pressed', 'true')
  }

  /** An item of the *Mask* menu beside the tool's options. */
  async chooseInMaskMenu(command: CommandId): Promise<void> {
    await this.#page.getByRole('group', { name: TOOL_STRINGS.options }).getByRole('button', { name: TOOL_STRINGS.maskMenu }).click()
    await this.#page.getByRole('menuitem', { name: COMMAND_LABELS[command] }).click()
  }

  async openHistory(): Promise<HistoryPanel> {
    if (!(await this.history.element.isVisible())) await this.button('view.history').click()
    await expect(this.history.element).toBeVisible()
    return this.history
  }

  async showAllDocuments(): Promise<void> {
    await this.button('file.documents').click()
    await expect(this.#page.getByRole('heading', { name: START_SCREEN_STRINGS.headline })).toBeVisible()
  }

  /** The badge that says the picture before is shown. */
  get beforeBadge(): Locator {
    return this.#page.getByText(CANDIDATE_STRINGS.beforeShown, { exact: true })
  }
}
