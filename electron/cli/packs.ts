import type { Command } from 'commander'
import { EngineError } from '../api/errors.ts'
import type { PackSummary, PackVerification } from '../api/packs.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import { read, untilInterrupted, withEngine } from './engine-session.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

export function addPacks(cli: Command, program: ProgramFiles): void {
  const packs = cli.command('packs').description(STRINGS.packs)
  packs
    .command('list')
    .description(STRINGS.packsList)
    .option('--json', STRINGS.options.json, false)
    .action(({ json }: { json: boolean }) => list(program, json))
  packs
    .command('verify')
    .description(STRINGS.packsVerify)
    .argument('<id>')
    .action((id: string) => verify(program, id))
}

async function list(program: ProgramFiles, isJson: boolean): Promise<void> {
  const summaries: PackSummary[] = await withEngine(program, ({ client }) => read(client.packs.$get()))
  for (const pack of summaries) say(isJson ? JSON.stringify(pack) : describe(pack))
}

function describe({ id, version, problem, bytes, licence, edits, name }: PackSummary): string {
  if (problem !== null) return STRINGS.unusable(id.padEnd(16), problem)
  const size = `${(bytes / 1e6).toFixed(0)} MB`
  return [id.padEnd(16), version.padEnd(10), size.padStart(8), licence.padEnd(14), edits.join(' '), `(${name})`].join('  ')
}

async function verify(program: ProgramFiles, id: string): Promise<void> {
  const { files }: PackVerification = await withEngine(program, (session) =>
    // The client puts an id into the address as it is.
    untilInterrupted(session, read(session.client.packs[':id'].verify.$post({ param: { id: encodeURIComponent(id) } }))),
  )
  const damaged = files.filter(({ isIntact }) => !isIntact)
  for (const { path, problem } of damaged) say(STRINGS.damaged(id, path, problem ?? ''))
  if (damaged.length > 0) throw new EngineError('pack-corrupt', STRINGS.packDamaged(id))
  say(STRINGS.intact(id))
}
