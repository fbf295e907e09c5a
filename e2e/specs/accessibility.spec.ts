import { writeFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Settings } from '../../electron/api/settings.ts'
import { EXPORT_STRINGS } from '../../electron/api/strings/settings-dialog.ts'
import { START_SCREEN_STRINGS } from '../../electron/api/strings/start-screen.ts'
import { RECIPE_STRINGS } from '../../electron/api/strings/recipe.ts'
import type { Remask } from '../harness/remask.ts'
import { findNotice } from '../pages/notices.ts'
import { expect, test } from '../pages/pages.ts'
import { addStyledPack } from '../pages/styled-pack.ts'
import { RUN_WITHIN } from '../pages/timings.ts'

test.setTimeout(300_000)

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.beforeEach(({ remask }) => setTheme(remask, theme))

    test('the start screen, its menus and questions are accessible', async ({ remask, start, photo, inFolder }) => {
      const { page } = remask
      remask.guard.allow(/400|415|422/)
      await expect(start.prompt).toBeVisible()
      await expectAccessible(page, 'empty start screen')
      await start.prompt.fill('a medow at night')
      await expect(start.notes.getByRole('button', { name: 'meadow', exact: true })).toBeVisible()
      await expectAccessible(page, 'unknown word')
      const editor = await start.openPicture(photo)
      await editor.showAllDocuments()
      await expect(start.card('photo')).toBeVisible()
      await expectAccessible(page, 'documents')
      await start.chooseFor('photo', 'rename')
      await expectAccessible(page, 'renaming')
      await page.keyboard.press('Escape')
      await start.chooseFor('photo', 'delete')
      await expect(page.getByRole('alertdialog')).toBeVisible()
      await expectAccessible(page, 'question before deleting')
      await page.getByRole('button', { name: START_SCREEN_STRINGS.cancel }).click()
      writeFileSync(inFolder('fake.png'), 'no picture')
      await start.chooseFiles(inFolder('fake.png'))
      await expect(findNotice(page, /./)).toBeVisible()
      await expectAccessible(page, 'notice')
    })

    test('the editor with every tool, its dialogs and panels is accessible', async ({ remask, start, photo }) => {
      const { page } = remask
      const editor = await start.openPicture(photo)
      await expectAccessible(page, 'opened photo')
      for (const tool of ['rectangle', 'lasso', 'frame', 'pan', 'eraser', 'brush'] as const) {
        await editor.chooseTool(tool)
        await expectAccessible(page, tool)
      }
      await editor.press('ControlOrMeta+a')
      await editor.openHistory()
      await expectAccessible(page, 'history')
      await editor.promptBox.openMore()
      await expectAccessible(page, 'more')
      await editor.promptBox.closeMore()
      for (const [keys, name] of [['ControlOrMeta+,', 'settings'], ['Shift+?', 'shortcuts'], ['ControlOrMeta+k', 'palette'], ['ControlOrMeta+s', EXPORT_STRINGS.title]] as const) {
        await editor.press(keys)
        await expect(page.getByRole('dialog')).toBeVisible()
        await expectAccessible(page, name)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()
      }
    })

    test('the list of edits, styles, weights and every edit’s own controls are accessible', async ({ remask, start, photo }) => {
      const { page } = remask
      await addStyledPack(remask)
      const editor = await start.openPicture(photo)
      const { promptBox } = editor
      await expectAccessible(page, 'words missing')
      await promptBox.editSwitch.click()
      await expectAccessible(page, 'list of edits, one of them disabled')
      await page.keyboard.press('Escape')
      await promptBox.input.fill('a (beach:1.8) at (night:0.4) with a (zorg:2)')
      await expect(promptBox.element.getByRole('status')).toContainText('zorg')
      await expectAccessible(page, 'weights')
      await promptBox.choose('restyle')
      await promptBox.style('Neon').click()
      await expectAccessible(page, 'styles')
      await promptBox.choose('vary')
      await promptBox.openMore()
      await expectAccessible(page, 'what can be chosen of varying')
      await promptBox.closeMore()
      await editor.press('ControlOrMeta+a')
      await promptBox.choose('remove')
      await expectAccessible(page, 'removing')
      await promptBox.setCount(1)
      await promptBox.input.press('Enter')
      await editor.tray.waitUntilDone(1)
      await editor.tray.element.getByRole('button', { name: RECIPE_STRINGS.open }).click()
      await expectAccessible(page, 'recipe')
    })

    test('a run, its candidates and what went wrong with it are accessible', async ({ remask, start }) => {
      const { page } = remask
      const editor = await start.startNewDocument()
      await expectAccessible(page, 'empty document')
      await editor.promptBox.setCount(2)
      await editor.promptBox.setSteps(32)
      await editor.promptBox.ask('a beach')
      await expect(editor.tray.forming.first()).toBeVisible(RUN_WITHIN)
      await expectAccessible(page, 'forming')
      await editor.tray.waitUntilDone(2)
      await expectAccessible(page, 'candidates')
      await editor.tray.accept(2)
      await editor.openHistory()
      await expect(editor.history.siblings).toHaveCount(1)
      await expectAccessible(page, 'siblings')
      await editor.promptBox.setSteps(64)
      await editor.promptBox.input.press('Enter')
      await expect(editor.promptBox.laterStep).toBeVisible(RUN_WITHIN)
      const pid = remask.findInferencePid()
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
      await expect(editor.tray.problem).toBeVisible(RUN_WITHIN)
      await expectAccessible(page, 'failed run')
    })
  })
}

test('a document that is open elsewhere is refused on an accessible page', async ({ remask, start, photo }) => {
  test.skip(remask.host === 'desktop', 'the desktop has one window')
  remask.guard.allow(/423/)
  await (await start.openPicture(photo)).expectUndo('place-picture')
  const second = await remask.page.context().newPage()
  await second.goto(remask.page.url())
  await expect(second.getByRole('alert')).toBeVisible()
  await expectAccessible(second, 'refusal')
  await second.close()
})

async function setTheme(remask: Remask, theme: Settings['theme']): Promise<void> {
  await remask.page.evaluate(async (wanted) => {
    const settings = (await (await fetch('api/settings')).json()) as Settings
    const body = JSON.stringify({ ...settings, theme: wanted })
    await fetch('api/settings', { method: 'PUT', body, headers: { 'content-type': 'application/json' } })
  }, theme)
  await remask.page.reload()
  await expect(remask.page.locator('html')).toHaveAttribute('data-theme', theme)
}

/** No serious and no critical violation of any rule that axe knows. */
async function expectAccessible(page: Page, state: string): Promise<void> {
  // Colours in the middle of a transition are none that stay.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const described = grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`).join('\n')}`)
  expect(described, state).toEqual([])
}
