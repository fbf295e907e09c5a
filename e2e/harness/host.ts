import type { Page } from '@playwright/test'

/** The program running in one of its hosts. */
export interface RunningHost {
  readonly page: Page
  /** Of the process that started all others. */
  readonly pid: number
  /** Ends it as a user does. */
  close(): Promise<void>
  /** The next *open* dialog is answered with these files. */
  answerOpenDialog(files: readonly string[]): Promise<void>
  /** The next *save* dialog is answered with this path. Resolves, when called, after the file is there. */
  answerSaveDialog(file: string): Promise<() => Promise<void>>
}

export interface LaunchOptions {
  readonly dataFolder: string
  /** Connections that would leave the machine are written there. */
  readonly networkLog: string
}

export type HostKind = 'desktop' | 'browser'
