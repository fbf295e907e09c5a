import open from 'open'
import { START_STRINGS } from '../api/strings/hosts.ts'
import { createEngine } from '../engine/engine.ts'
import { startForkedInference } from '../engine/inference-client/forked-inference.ts'
import { findDataFolder, listPackFolders, type ProgramFiles } from '../engine/program-folders.ts'
import { startBrowserHost } from './browser-host.ts'
import { hasDisplay } from './choose-host.ts'
import { writeRedirectFile } from './redirect-file.ts'

/** By then the browser has read it. */
const REDIRECT_KEPT_MS = 60_000
/** Longer than a write of a document takes; whoever ends a program does not wait for more. */
const DISPOSE_WITHIN_MS = 3000

export interface ServeOptions {
  readonly program: ProgramFiles
  /** 0 = any free one. */
  readonly port: number
  /** Open the default browser, where there is a display. */
  readonly shouldOpen: boolean
  readonly say: (line: string) => void
}

/** Runs the browser host until a signal ends it. Throws EngineError `port-in-use` and what `createEngine` throws. */
export async function serveInBrowser({ program, port, shouldOpen, say }: ServeOptions): Promise<void> {
  const dataFolder = findDataFolder()
  const engine = await createEngine({
    dataFolder,
    packFolders: listPackFolders(dataFolder, program.bundledPacks),
    startInference: startForkedInference(program.inferenceBundle),
    version: program.version,
    host: 'browser',
  })
  try {
    const host = await startBrowserHost({ fetchEngine: engine.fetch, rendererFolder: program.rendererFolder, port })
    const ended = waitForSignal()
    say(START_STRINGS.address(host.url))
    say(START_STRINGS.howToEnd)
    const closeRedirect = shouldOpen && hasDisplay(process.platform, process.env) ? await openBrowser(host.url) : () => {}
    await ended
    await closeRedirect()
    await host.close()
  } finally {
    await Promise.race([engine.dispose(), wait(DISPOSE_WITHIN_MS)])
  }
}

async function openBrowser(url: string): Promise<() => void | Promise<void>> {
  const redirect = await writeRedirectFile(url)
  const timer = setTimeout(() => void redirect.delete(), REDIRECT_KEPT_MS).unref()
  // Without a browser the address in the terminal is the way in.
  await open(redirect.file).catch(() => {})
  return () => {
    clearTimeout(timer)
    return redirect.delete()
  }
}

function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}

const wait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref())
