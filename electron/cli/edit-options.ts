import { Option, type Command } from 'commander'
import { MAX_ADAPTER_STRENGTH, MAX_SEED } from '../api/edits.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { numberFrom, parseOutput, wholeNumber, type Output } from './option-parsers.ts'

/** What every command that makes pictures takes; the bounds are those of `electron/api/edits.ts`. */
export interface EditOptions {
  readonly out: Output
  readonly count: number
  readonly seed?: number
  readonly steps?: number
  readonly guidance?: number
  readonly ramp?: 'constant' | 'linear'
  readonly order: 'confidence' | 'halton'
  readonly guidanceFrom?: number
  readonly guidanceReuse?: number
  readonly style?: string
  readonly styleStrength: number
  readonly negative: string
  readonly pack?: string
  readonly json: boolean
  readonly tokens: boolean
  readonly pins?: string
  readonly start?: string
  readonly startStep: number
  readonly patch?: number
  readonly patchCells?: string
}

export function addEditOptions(command: Command): Command {
  const { options } = STRINGS
  return command
    .addOption(new Option('--out <file>', options.out).argParser(parseOutput).makeOptionMandatory())
    .addOption(new Option('--count <n>', options.count).argParser(wholeNumber(1, 16)).default(1))
    .addOption(new Option('--seed <n>', options.seed).argParser(wholeNumber(0, MAX_SEED)))
    .addOption(new Option('--steps <n>', options.steps).argParser(wholeNumber(1, 64)))
    .addOption(new Option('--guidance <w>', options.guidance).argParser(numberFrom(1, 20)))
    .addOption(new Option('--ramp <ramp>', options.ramp).choices(['constant', 'linear']))
    .addOption(new Option('--guidance-from <share>', options.guidanceFrom).argParser(numberFrom(0, 0.9)))
    .addOption(new Option('--guidance-reuse <n>', options.guidanceReuse).argParser(wholeNumber(1, 8)))
    .option('--style <name>', options.style)
    .addOption(new Option('--style-strength <s>', options.styleStrength).argParser(numberFrom(0, MAX_ADAPTER_STRENGTH)).default(1))
    .addOption(new Option('--order <order>', options.order).choices(['confidence', 'halton']).default('confidence'))
    .option('--negative <text>', options.negative, '')
    .option('--pack <id>', options.pack)
    .option('--json', options.json, false)
    .option('--tokens', options.tokens, false)
    .option('--pins <file>', options.pins)
    .option('--start <file>', options.start)
    .addOption(new Option('--start-step <n>', options.startStep).argParser(wholeNumber(0, 4096)).default(0))
    .addOption(new Option('--patch <n>', options.patch).argParser(wholeNumber(2, 16)))
    .option('--patch-cells <file>', options.patchCells)
    .hook('preAction', (used) => {
      const { patch, patchCells, count } = used.opts<EditOptions>()
      if ((patch === undefined) !== (patchCells === undefined) || (patch ?? 0) > count) used.error(STRINGS.patchTogether)
    })
}

/** The fields that all edit requests share. */
export function toCommonFields(options: EditOptions, prompt: string) {
  return {
    prompt,
    negativePrompt: options.negative,
    count: options.count,
    seed: options.seed ?? null,
    steps: options.steps ?? null,
    guidanceScale: options.guidance ?? null,
    guidanceRamp: options.ramp ?? null,
    decodingOrder: options.order,
    ...(options.guidanceFrom === undefined ? {} : { guidanceFrom: options.guidanceFrom }),
    ...(options.guidanceReuse === undefined ? {} : { guidanceReuse: options.guidanceReuse }),
    packId: options.pack ?? null,
  }
}
