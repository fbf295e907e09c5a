// What `npm start` runs: chooses a host, says which and why, and stays until it ends.
import path from 'node:path'
import { EngineError } from '../api/errors.ts'
import { EXIT_CODES } from '../api/exit-codes.ts'
import { START_STRINGS } from '../api/strings/hosts.ts'
import { dataPaths } from '../engine/storage/data-paths.ts'
import { findDataFolder, locateProgram } from '../engine/program-folders.ts'
import { openSettings } from '../engine/settings.ts'
import { chooseHost, hasDisplay } from './choose-host.ts'
import { runDesktopHost } from './desktop-host.ts'
import { findElectronBinary, type ElectronBinary } from './electron-binary.ts'
import { serveInBrowser } from './serve.ts'
import { parseStartOptions, type StartOptions } from './start-options.ts'

const root = path.join(import.meta.dirname, '../..')
const say = (line: string) => void process.stdout.write(`${line}\n`)

function parseOptions(): StartOptions {
  try {
    return parseStartOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exit(EXIT_CODES.badArguments)
  }
}

async function start(options: StartOptions): Promise<number> {
  let electron: ElectronBinary = { found: 'unreachable' }
  const settings = await openSettings(dataPaths(findDataFolder()).settings)
  const choice = await chooseHost(
    {
      asked: options.host,
      setting: settings.get().host,
      isPortGiven: options.port !== undefined,
      hasDisplay: hasDisplay(process.platform, process.env),
    },
    async () => {
      electron = await findElectronBinary(root, () => say(START_STRINGS.downloading))
      return electron.found
    },
  )
  if (choice.isImpossible) {
    process.stderr.write(`${START_STRINGS.desktopUnavailable}\n`)
    return EXIT_CODES.failed
  }
  say(START_STRINGS.chosen(choice.host, choice.reason))
  if (choice.host === 'desktop' && electron.executable !== undefined) {
    const end = await runDesktopHost(electron.executable, root)
    if (end.hasStarted) return end.exitCode
    say(START_STRINGS.chosen('browser', START_STRINGS.reasons.electronFailed(end.exitCode)))
  }
  const program = locateProgram(import.meta.dirname)
  await serveInBrowser({ program, port: options.port ?? 0, shouldOpen: options.shouldOpen, say })
  return 0
}

const exitCode = await start(parseOptions()).catch((thrown: unknown) => {
  const error = EngineError.from(thrown)
  process.stderr.write(`${error.message}\n`)
  if (error.code === 'internal') console.error(error.cause)
  return EXIT_CODES.failed
})
// A process of native code that is still ending would keep us waiting.
process.exit(exitCode)
