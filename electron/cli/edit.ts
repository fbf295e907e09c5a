import { Option, type Command } from 'commander'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import type { PictureEditOptions } from './edit-kinds/edit-kind.ts'
import { EDIT_KINDS } from './edit-kinds/edit-kinds.ts'
import { addEditOptions } from './edit-options.ts'
import { makePictures } from './make-pictures.ts'
import { numberFrom, parseExtension, wholeNumber } from './option-parsers.ts'
import { uploadPicture } from './upload.ts'

export function addEdit(cli: Command, program: ProgramFiles): void {
  const { options: words } = STRINGS
  const kinds = EDIT_KINDS.map(({ kind }) => kind)
  const command = addEditOptions(cli.command('edit').description(STRINGS.edit).argument('<picture>'))
    .addOption(new Option('--kind <kind>', words.kind).choices(kinds).makeOptionMandatory())
    .option('--prompt <text>', words.prompt, '')
    .option('--mask <file>', words.mask)
    .option('--subject <file>', words.subject)
    .option('--subject-words <text>', words.subjectWords)
    .addOption(new Option('--extend <L,T,R,B>', words.extend).argParser(parseExtension))
    .addOption(new Option('--strength <s>', words.strength).argParser(numberFrom(0, 1)))
    .addOption(new Option('--rounds <n>', words.rounds).argParser(wholeNumber(1, 16)))
    .option('--from <text>', words.from)
    .addOption(new Option('--budget <percent>', words.budget).argParser(numberFrom(0.1, 100)))
    .addOption(new Option('--spread <cells>', words.spread).argParser(wholeNumber(0, 3)).default(1))
    .addOption(new Option('--share <s>', words.share).argParser(numberFrom(0.001, 1)))
    .addOption(new Option('--surroundings <s>', words.surroundings).argParser(numberFrom(0, 8)))
    .option('--detail', words.detail, false)
    .addOption(new Option('--edge-band [pixels]', words.edgeBand).argParser(wholeNumber(0, 256)))
    .option('--no-colour-match', words.noColourMatch)
  command.action(async (picture: string, options: PictureEditOptions & { kind: string }) => {
    const edit = EDIT_KINDS.find(({ kind }) => kind === options.kind)
    const missing = edit?.findMissing(options)
    if (edit === undefined || missing !== undefined) command.error(STRINGS.needed(missing ?? '--kind', options.kind))
    else {
      await makePictures(program, options, async (session) =>
        edit.makeRequest(session, await uploadPicture(session, picture), options),
      )
    }
  })
}
