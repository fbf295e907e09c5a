import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base } from '../harness/test.ts'
import { drawPhoto } from './picture.ts'
import { StartScreen } from './start-screen.ts'

export { expect } from '../harness/test.ts'

interface Pages {
  /** Names a file in a folder that is gone after the test. */
  inFolder: (name: string) => string
  /** A PNG of 256 × 192 pixels of noise. */
  photo: string
  start: StartScreen
}

/** The program on its start screen, and a place for files. */
export const test = base.extend<Pages>({
  inFolder: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'remask-files-'))
    await use((name) => path.join(folder, name))
    rmSync(folder, { recursive: true, force: true })
  },
  photo: async ({ inFolder }, use) => {
    const file = inFolder('photo.png')
    await drawPhoto(file, 256, 192)
    await use(file)
  },
  start: async ({ remask }, use) => use(new StartScreen(remask)),
})
