import { Option, type Command } from 'commander'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import { measure } from './bench/measure.ts'
import { formatTable } from './bench/table.ts'
import { wholeNumber } from './option-parsers.ts'

interface BenchOptions {
  readonly json: boolean
  readonly runs: number
  readonly pack?: string
}

export function addBench(cli: Command, program: ProgramFiles): void {
  cli
    .command('bench')
    .description(STRINGS.bench)
    .option('--json', STRINGS.options.json, false)
    .option('--pack <id>', STRINGS.options.pack)
    .addOption(new Option('--runs <n>', STRINGS.options.runs).argParser(wholeNumber(1, 100)).default(5))
    .action(async ({ json, runs, pack }: BenchOptions) => {
      const report = await measure(program, runs, pack ?? null)
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : formatTable(report))
    })
}
