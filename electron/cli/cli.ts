// Composition root of the command line: the same engine, with no window.
import { Command, CommanderError } from 'commander'
import { EngineError } from '../api/errors.ts'
import { EXIT_CODES } from '../api/exit-codes.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { locateProgram } from '../engine/program-folders.ts'
import { addBench } from './bench.ts'
import { addEdit } from './edit.ts'
import { addEval } from './eval.ts'
import { Cancelled } from './engine-session.ts'
import { addGenerate } from './generate.ts'
import { addMask } from './mask.ts'
import { addMeasure } from './measure.ts'
import { addPacks } from './packs.ts'
import { addServe } from './serve.ts'

const program = locateProgram(import.meta.dirname)
const cli = new Command('remask')
  .description(STRINGS.program)
  .version(program.version)
  .showSuggestionAfterError(false)
  .exitOverride()
for (const add of [addGenerate, addEdit, addMask, addMeasure, addPacks, addBench, addEval, addServe]) add(cli, program)
// Subcommands take these settings over only where they are made after them; ours were, theirs may not be.
for (const command of cli.commands.flatMap((command) => [command, ...command.commands])) {
  command.exitOverride().showSuggestionAfterError(false)
}

function sayFailure(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : EXIT_CODES.badArguments
  if (thrown instanceof Cancelled) {
    process.stderr.write(`${thrown.message}\n`)
    return EXIT_CODES.interrupted
  }
  const error = EngineError.from(thrown)
  process.stderr.write(`${error.message.replaceAll(/\s*\n\s*/g, ' ')}\n`)
  if (error.code === 'internal') console.error(error.cause)
  return EXIT_CODES.failed
}

const exitCode = await cli.parseAsync().then(() => 0, sayFailure)
// What was written to a pipe may still be on its way.
process.stdout.write('', () => process.exit(exitCode))
