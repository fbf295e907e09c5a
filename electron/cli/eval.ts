import path from 'node:path'
import { Option, type Command } from 'commander'
import { EngineError } from '../api/errors.ts'
import { COMMAND_LINE_STRINGS } from '../api/strings/command-line.ts'
import { EVALUATION_STRINGS as STRINGS } from '../api/strings/evaluation.ts'
import type { PlanarImage } from '../../models/runtime/vq-tokenizer.ts'
import { drawSheet, type SheetPicture } from '../engine/pictures/picture-sheet.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import { withEngine } from './engine-session.ts'
import { evaluate, groupsOf } from './eval/evaluate.ts'
import { openEvaluationFolder, type HeldOutPrompt } from './eval/evaluation-folder.ts'
import { formatEvaluation } from './eval/evaluation-table.ts'
import { openJudge } from './eval/judge.ts'
import { findPack } from './find-pack.ts'
import { parseOutput, wholeNumber, type Output } from './option-parsers.ts'
import { replaceFiles } from './replace-files.ts'
import { checkWritable } from './write-results.ts'

/** Prompts of each group on the sheet: the first, so that nobody chose them. */
const SHEET_SHARE = 4

interface EvalOptions {
  readonly pack?: string
  readonly n: number
  readonly best: number
  readonly seed: number
  readonly judge?: string
  readonly sweep: boolean
  readonly group?: string
  readonly sheet?: Output
  readonly json: boolean
}

export function addEval(cli: Command, program: ProgramFiles): void {
  cli
    .command('eval')
    .description(STRINGS.eval)
    .option('--pack <id>', COMMAND_LINE_STRINGS.options.pack)
    .addOption(new Option('--n <n>', STRINGS.options.n).argParser(wholeNumber(1, 10_000)).default(16))
    .addOption(new Option('--best <n>', STRINGS.options.best).argParser(wholeNumber(1, 16)).default(4))
    .addOption(new Option('--seed <n>', STRINGS.options.seed).argParser(wholeNumber(0, 2 ** 31)).default(1))
    .option('--judge <folder>', STRINGS.options.judge)
    .option('--sweep', STRINGS.options.sweep, false)
    .option('--group <name>', STRINGS.options.group)
    .addOption(new Option('--sheet <file>', STRINGS.options.sheet).argParser(parseOutput))
    .option('--json', COMMAND_LINE_STRINGS.options.json, false)
    .action(async ({ pack, n, best, seed, judge, sweep, group, sheet, json }: EvalOptions) => {
      const held = await openEvaluationFolder(judge === undefined ? program.evaluation : path.resolve(judge))
      if (group !== undefined && !groupsOf(held).includes(group)) throw new EngineError('invalid-request', STRINGS.noGroup(group, groupsOf(held)))
      if (sheet !== undefined) await checkWritable([sheet.file])
      const samples = new Map<string, SheetPicture[]>()
      const onPicked = ({ group, prompt }: HeldOutPrompt, image: PlanarImage) => {
        const ofGroup = samples.get(group) ?? []
        if (ofGroup.length < SHEET_SHARE) samples.set(group, [...ofGroup, { image, words: prompt }])
      }
      const openedJudge = await openJudge(held)
      const onProgress = (done: number, total: number, group: string) => {
        if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${STRINGS.drawn(done, total, group)}`)
      }
      try {
        const report = await withEngine(program, async (session) => {
          const evaluated = await findPack(session, pack ?? null)
          return evaluate(session, held, openedJudge, evaluated, { packId: evaluated.id, n, best, seed, hasSweeps: sweep, ...(group === undefined ? {} : { group }), onPicked, onProgress })
        })
        if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
        if (sheet !== undefined) await replaceFiles([sheet.file], () => drawSheet([...samples.values()].flat(), sheet.format))
        process.stdout.write(json ? `${JSON.stringify(report)}\n` : formatEvaluation(report))
      } finally {
        await openedJudge.dispose()
      }
    })
}
