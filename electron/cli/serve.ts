import { InvalidArgumentError, Option, type Command } from 'commander'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import { serveInBrowser } from '../server/serve.ts'
import { parsePort } from '../server/start-options.ts'

interface ServeOptions {
  readonly port: number
  readonly open: boolean
}

export function addServe(cli: Command, program: ProgramFiles): void {
  cli
    .command('serve')
    .description(STRINGS.serve)
    .addOption(new Option('--port <n>', STRINGS.options.port).argParser(readPort).default(0))
    .option('--no-open', STRINGS.options.noOpen)
    .action(({ port, open }: ServeOptions) =>
      serveInBrowser({ program, port, shouldOpen: open, say: (line) => void process.stdout.write(`${line}\n`) }),
    )
}

function readPort(text: string): number {
  try {
    return parsePort(text)
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}
