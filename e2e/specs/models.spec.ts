import { cpSync } from 'node:fs'
import path from 'node:path'
import { INSPECTION_STRINGS, INSTALL_PROGRESS_STRINGS, MODELS_STRINGS } from '../../electron/api/strings/models-dialog.ts'
import { ModelsDialog } from '../pages/models-dialog.ts'
import { expect, test } from '../pages/pages.ts'
import { RUN_WITHIN } from '../pages/timings.ts'

/** A whole pipeline as the published classes save it, with drawn weights (models/golden/make_diffusers_pipeline.py). */
const PIPELINE = path.resolve(import.meta.dirname, '../../models/golden/diffusers_pipeline')

test('a published pipeline is looked at, installed, used and removed', async ({ remask, start, inFolder }) => {
  const folder = inFolder('tiny-amused')
  cpSync(PIPELINE, folder, { recursive: true })
  await expect(start.prompt).toBeVisible()
  const models = new ModelsDialog(remask)
  await models.open()
  await expect(models.model('Starter')).toContainText(MODELS_STRINGS.inUse)

  await models.lookAtFolder(folder)
  await expect(models.element.getByText(INSPECTION_STRINGS.facts.family)).toBeVisible()
  await expect(models.install).toBeDisabled()
  await models.licence.click()
  await models.install.click()
  await expect(remask.page.getByText(INSTALL_PROGRESS_STRINGS.done('tiny-amused'), { exact: true })).toBeVisible(RUN_WITHIN)
  await expect(models.model('tiny-amused')).toBeVisible()
  await expect(models.model('Starter')).toContainText(MODELS_STRINGS.inUse)

  await models.model('tiny-amused').getByRole('button', { name: MODELS_STRINGS.useNamed('tiny-amused') }).click()
  await expect(models.model('tiny-amused')).toContainText(MODELS_STRINGS.inUse)
  await models.model('tiny-amused').getByRole('button', { name: MODELS_STRINGS.verify }).click()
  await expect(models.model('tiny-amused')).toContainText(MODELS_STRINGS.intact)
  await models.close()

  const editor = await start.create('a cat')
  await editor.tray.waitUntilDone(4)
  await editor.showAllDocuments()

  await models.open()
  await models.remove('tiny-amused')
  await expect(models.model('tiny-amused')).toBeHidden()
  await expect(models.model('Starter')).toContainText(MODELS_STRINGS.inUse)
})

test('what is no model is refused with what it looks like, and nothing is installed', async ({ remask, start, inFolder }) => {
  remask.guard.allow(/4\d\d/)
  await expect(start.prompt).toBeVisible()
  const models = new ModelsDialog(remask)
  await models.open()
  await models.lookAtFolder(inFolder('nothing'))
  await expect(models.element.getByRole('alert')).toBeVisible()
  await models.lookAtRepository('not a repository')
  await expect(models.element.getByRole('alert')).toContainText('owner/name')
  await expect(models.element.getByRole('listitem')).toHaveCount(1)
})
