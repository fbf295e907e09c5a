import type { Command } from 'commander'
import path from 'node:path'
import { EngineError } from '../api/errors.ts'
import type { ModelInspection } from '../api/installs.ts'
import type { PackSummary, PackVerification } from '../api/packs.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { formatBytes } from '../api/strings/numbers.ts'
import { PACK_CHANGE_STRINGS, PRECISION_STRINGS } from '../api/strings/packs.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import { read, untilInterrupted, withEngine } from './engine-session.ts'
import { createInstallBar } from './install-bar.ts'
import { inspectModel, installModel, parseSource } from './install-model.ts'

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
  packs
    .command('import')
    .description(STRINGS.packsImport)
    .argument('<source>', STRINGS.packsImportSource)
    .option('--accept-licence', STRINGS.options.acceptLicence, false)
    .option('--name <name>', STRINGS.options.name)
    .option('--precision <precision>', STRINGS.options.precision)
    .option('--json', STRINGS.options.json, false)
    .action((source: string, options: ImportOptions) => importModel(program, source, options))
  packs
    .command('add-style')
    .description(STRINGS.packsAddStyle)
    .argument('<id>')
    .argument('<file>', STRINGS.packsStyleFile)
    .requiredOption('--name <name>', STRINGS.options.styleName)
    .action((id: string, file: string, { name }: { name: string }) => addStyle(program, id, file, name))
  packs
    .command('remove-style')
    .description(STRINGS.packsRemoveStyle)
    .argument('<id>')
    .argument('<name>')
    .action((id: string, name: string) => removeStyle(program, id, name))
  packs
    .command('precision')
    .description(STRINGS.packsPrecision)
    .argument('<id>')
    .argument('<precision>')
    .action((id: string, choice: string) => choosePrecision(program, id, choice))
  packs
    .command('remove')
    .description(STRINGS.packsRemove)
    .argument('<id>')
    .action((id: string) => remove(program, id))
}

interface ImportOptions {
  readonly acceptLicence: boolean
  readonly name?: string
  readonly precision?: string
  readonly json: boolean
}

async function importModel(program: ProgramFiles, typed: string, options: ImportOptions): Promise<void> {
  const source = parseSource(typed)
  const summary = await withEngine(program, async (session) => {
    const inspection = await inspectModel(session, source)
    if (!options.acceptLicence) return refuseLicence(inspection)
    checkPrecision(inspection.name, options.precision)
    const bar = createInstallBar()
    const id = await installModel(session, { source, name: options.name ?? null }, bar.show).finally(bar.end)
    const { client } = session
    if (options.precision === undefined) return (await read<PackSummary[]>(client.packs.$get())).find((pack) => pack.id === id)!
    return read<PackSummary>(client.packs[':id'].precision.$put({ param: { id }, json: { choice: options.precision } }))
  })
  say(options.json ? JSON.stringify(summary) : STRINGS.installed(describe(summary)))
}

function refuseLicence({ card, licence }: ModelInspection): never {
  if (card !== null) process.stderr.write(`${card.trimEnd()}\n\n`)
  throw new EngineError('licence-not-accepted', STRINGS.acceptLicence(licence))
}

/** Before gigabytes are downloaded. */
function checkPrecision(name: string, asked: string | undefined): void {
  if (asked === undefined || asked === 'auto' || Object.hasOwn(PRECISION_STRINGS.names, asked)) return
  throw new EngineError('invalid-request', PRECISION_STRINGS.unknown(name, asked))
}

async function remove(program: ProgramFiles, id: string): Promise<void> {
  await withEngine(program, async ({ client }) => {
    const answer = await client.packs[':id'].$delete({ param: { id: encodeURIComponent(id) } })
    if (!answer.ok) throw await EngineError.fromResponse(answer as unknown as Response)
  })
  say(STRINGS.removed(id))
}

async function addStyle(program: ProgramFiles, id: string, file: string, name: string): Promise<void> {
  const json = { source: { kind: 'path', path: path.resolve(file) }, name } as const
  await withEngine(program, ({ client }) => read(client.packs[':id'].adapters.$post({ param: { id }, json })))
  say(STRINGS.styleAdded(name, id))
}

async function removeStyle(program: ProgramFiles, id: string, name: string): Promise<void> {
  await withEngine(program, async ({ client }) => {
    const pack = (await read<PackSummary[]>(client.packs.$get())).find((each) => each.id === id)
    const adapters = pack?.adapters ?? []
    const adapter = adapters.find((each) => each.name.toLowerCase() === name.toLowerCase() || each.id === name)
    if (pack === undefined || adapter === undefined) {
      throw new EngineError('invalid-request', PACK_CHANGE_STRINGS.noAdapter(pack?.name ?? id, name, adapters.map((each) => each.name)))
    }
    await read(client.packs[':id'].adapters[':adapterId'].$delete({ param: { id, adapterId: adapter.id } }))
  })
  say(STRINGS.styleRemoved(name, id))
}

async function choosePrecision(program: ProgramFiles, id: string, choice: string): Promise<void> {
  const summary = await withEngine(program, ({ client }) =>
    read<PackSummary>(client.packs[':id'].precision.$put({ param: { id }, json: { choice } })),
  )
  say(STRINGS.runsIn(id, summary.precision.used, summary.precision.reason))
}

async function list(program: ProgramFiles, isJson: boolean): Promise<void> {
  const summaries: PackSummary[] = await withEngine(program, ({ client }) => read(client.packs.$get()))
  for (const pack of summaries) say(isJson ? JSON.stringify(pack) : describe(pack))
}

function describe({ id, version, problem, bytes, sharedBytes, precision, licence, edits, name, adapters }: PackSummary): string {
  if (problem !== null) return STRINGS.unusable(id.padEnd(16), problem)
  const own = formatBytes(bytes - sharedBytes).padStart(8)
  return [id.padEnd(16), version.padEnd(10), own, precision.used.padEnd(5), licence.padEnd(14), edits.join(' '), `(${name})`, ...adapters.map((adapter) => `+ ${adapter.name}`)].join('  ')
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
