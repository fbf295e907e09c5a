import { Option, type Command } from 'commander'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import type { PixelSize } from '../api/geometry.ts'
import { BENCH_STRINGS } from '../api/strings/bench.ts'
import { measure } from './bench/measure.ts'
import { measureStages } from './bench/measure-stages.ts'
import { comparePackPrecisions, formatPrecisions } from './bench/precisions.ts'
import { formatTable } from './bench/table.ts'
import { numberFrom, parseSize, wholeNumber } from './option-parsers.ts'

interface BenchOptions {
  readonly json: boolean
  readonly runs: number
  readonly pack?: string
  readonly wide: boolean
  readonly precisions: boolean
  readonly stages: boolean
  readonly size: PixelSize
  readonly steps: number
  readonly guidance: number
  readonly threads: number
  readonly precision: string
}

export function addBench(cli: Command, program: ProgramFiles): void {
  cli
    .command('bench')
    .description(STRINGS.bench)
    .option('--json', STRINGS.options.json, false)
    .option('--pack <id>', STRINGS.options.pack)
    .addOption(new Option('--runs <n>', STRINGS.options.runs).argParser(wholeNumber(1, 100)).default(5))
    .option('--no-wide', STRINGS.options.noWide)
    .option('--precisions', BENCH_STRINGS.precisions, false)
    .option('--stages', BENCH_STRINGS.stages, false)
    .addOption(new Option('--size <WxH>', BENCH_STRINGS.size).argParser(parseSize).default({ width: 512, height: 512 }, '512x512'))
    .addOption(new Option('--steps <n>', BENCH_STRINGS.steps).argParser(wholeNumber(1, 64)).default(12))
    .addOption(new Option('--guidance <w>', BENCH_STRINGS.guidance).argParser(numberFrom(1, 20)).default(10))
    .addOption(new Option('--threads <n>', BENCH_STRINGS.threads).argParser(wholeNumber(0, 64)).default(0))
    .option('--precision <precision>', BENCH_STRINGS.precision, 'auto')
    .action(async (options: BenchOptions) => {
      const { json, runs, pack, wide, precisions, stages } = options
      if (stages) {
        const { precision, threads: threadCount, size, steps, guidance: guidanceScale } = options
        const report = await measureStages(program, { packId: pack ?? null, precision, threadCount, size, steps, guidanceScale, runCount: runs })
        process.stdout.write(json ? `${JSON.stringify(report)}\n` : BENCH_STRINGS.stagesOf(report))
        return
      }
      if (precisions) {
        const compared = await comparePackPrecisions(program, pack ?? null, runs)
        process.stdout.write(json ? `${JSON.stringify(compared)}\n` : formatPrecisions(compared))
        return
      }
      const report = await measure(program, { packId: pack ?? null, runCount: runs, isWideLeftOut: !wide })
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : formatTable(report))
    })
}
