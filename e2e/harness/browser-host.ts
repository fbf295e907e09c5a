import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import type { Browser } from '@playwright/test'
import type { LaunchOptions, RunningHost } from './host.ts'

const root = path.join(import.meta.dirname, '../..')
const START_WITHIN_MS = 20_000

export interface StartedServer {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

/** Starts `npm start`'s program in the browser host, opening no browser. */
export async function startServer({ dataFolder, networkLog }: LaunchOptions): Promise<StartedServer> {
  const guard = pathToFileURL(path.join(import.meta.dirname, 'network-guard.mjs')).href
  const server = spawn(process.execPath, [path.join(root, 'dist/electron/start.js'), '--host', 'browser', '--no-open'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      REMASK_DATA_FOLDER: dataFolder,
      REMASK_NETWORK_LOG: networkLog,
      NODE_OPTIONS: `--import ${guard}`,
    },
  })
  const url = await readUrl(server)
  if (server.pid === undefined) throw new Error('The browser host did not start')
  return {
    url,
    pid: server.pid,
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return
      server.kill('SIGTERM')
      await once(server, 'exit')
    },
  }
}

async function readUrl(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('The browser host has no output')
  const lines = createInterface({ input: server.stdout })
  const timer = setTimeout(() => server.kill(), START_WITHIN_MS)
  try {
    for await (const line of lines) {
      const [url] = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(line) ?? []
      if (url !== undefined) return url
    }
  } finally {
    clearTimeout(timer)
  }
  throw new Error(`The browser host ended without an address (exit code ${server.exitCode})`)
}

export async function launchBrowserHost(options: LaunchOptions, browser: Browser): Promise<RunningHost> {
  const server = await startServer(options)
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, acceptDownloads: true })
  const page = await context.newPage()
  await page.goto(server.url)
  return {
    page,
    pid: server.pid,
    async close() {
      await context.close()
      await server.stop()
    },
    async answerOpenDialog(files) {
      page.once('filechooser', (chooser) => void chooser.setFiles([...files]))
    },
    async answerSaveDialog(file) {
      const download = page.waitForEvent('download')
      return async () => (await download).saveAs(file)
    },
  }
}
