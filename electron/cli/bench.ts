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
  readonly wide: boolean
}

export function addBench(cli: Command, program: ProgramFiles): void {
  cli
    .command('bench')
    .description(STRINGS.bench)
    .option('--json', STRINGS.options.json, false)
    .option('--pack <id>', STRINGS.options.pack)
    .addOption(new Option('--runs <n>', STRINGS.options.runs).argParser(wholeNumber(1, 100)).default(5))
    .option('--no-wide', STRINGS.options.noWide)
    .action(async ({ json, runs, pack, wide }: BenchOptions) => {
      const report = await measure(program, { packId: pack ?? null, runCount: runs, isWideLeftOut: !wide })
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : formatTable(report))
    })
}
