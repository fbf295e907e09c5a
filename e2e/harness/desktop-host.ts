import { existsSync } from 'node:fs'
import path from 'node:path'
import { _electron, expect } from '@playwright/test'
import type { LaunchOptions, RunningHost } from './host.ts'

const root = path.join(import.meta.dirname, '../..')

/** Electron or its stand-in, as playwright.config.ts chose. */
export async function launchDesktopHost({ dataFolder }: LaunchOptions): Promise<RunningHost> {
  const app = await _electron.launch({
    args: [root],
    cwd: root,
    env: { ...(process.env as Record<string, string>), REMASK_DATA_FOLDER: dataFolder },
  })
  const { pid } = app.process()
  if (pid === undefined) throw new Error('Electron did not start')
  const page = await app.firstWindow()
  // The window is there before its page.
  await page.waitForURL(({ protocol }) => protocol !== 'about:')
  return {
    page,
    pid,
    close: () => app.close(),
    answerOpenDialog: (files) =>
      app.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths })
      }, [...files]),
    async answerSaveDialog(file) {
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath })
      }, file)
      return () => expect.poll(() => existsSync(file), { message: `${file} was saved` }).toBe(true)
    },
  }
}
