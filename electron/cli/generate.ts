import { Option, type Command } from 'commander'
import type { PixelSize } from '../api/geometry.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import { addEditOptions, toCommonFields, type EditOptions } from './edit-options.ts'
import { makePictures } from './make-pictures.ts'
import { parseSize } from './option-parsers.ts'

interface GenerateOptions extends EditOptions {
  readonly size?: PixelSize
}

export function addGenerate(cli: Command, program: ProgramFiles): void {
  addEditOptions(cli.command('generate').description(STRINGS.generate).argument('<prompt>', STRINGS.options.prompt))
    .addOption(new Option('--size <WxH>', STRINGS.options.size).argParser(parseSize))
    .action((prompt: string, options: GenerateOptions) =>
      makePictures(program, options, async () => ({
        kind: 'generate',
        size: options.size ?? null,
        ...toCommonFields(options, prompt),
      })),
    )
}
