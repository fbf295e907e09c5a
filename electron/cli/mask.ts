import { writeFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import { EngineError } from '../api/errors.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import { withEngine } from './engine-session.ts'
import { maskFromWords } from './mask-from-words.ts'
import { numberFrom, parsePngOutput, wholeNumber } from './option-parsers.ts'
import { uploadPicture } from './upload.ts'

interface MaskOptions {
  readonly from: string
  readonly to: string
  readonly budget: number
  readonly spread: number
  readonly out: string
  readonly pack?: string
}

export function addMask(cli: Command, program: ProgramFiles): void {
  const { options: words } = STRINGS
  addWordsOptions(cli.command('mask').description(STRINGS.mask).argument('<picture>'))
    .requiredOption('--to <text>', words.to)
    .addOption(new Option('--out <file>', words.maskOut).argParser(parsePngOutput).makeOptionMandatory())
    .option('--pack <id>', words.pack)
    .action((picture: string, { out, pack, ...options }: MaskOptions) =>
      withEngine(program, async (session) => {
        const id = await maskFromWords(session, await uploadPicture(session, picture), { ...options, packId: pack ?? null })
        const answer = await session.fetch(`/api/masks/${id}/export`, { method: 'POST' })
        if (!answer.ok) throw await EngineError.fromResponse(answer)
        await writeFile(out, new Uint8Array(await answer.arrayBuffer())).catch((cause: unknown) => {
          throw new EngineError('file-unwritable', STRINGS.unwritable(out), { cause })
        })
        process.stdout.write(`${out}\n`)
      }),
    )
}

/** Which words the picture fits now, and how much of it may change for others. */
export function addWordsOptions(command: Command): Command {
  const { options: words } = STRINGS
  return command
    .option('--from <text>', words.from, '')
    .addOption(new Option('--budget <percent>', words.budget).argParser(numberFrom(0.1, 100)).default(12))
    .addOption(new Option('--spread <cells>', words.spread).argParser(wholeNumber(0, 3)).default(1))
}
