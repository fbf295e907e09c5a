import { Option, type Command } from 'commander'
import { findSpots } from '../api/cell-choice.ts'
import { EngineError } from '../api/errors.ts'
import type { ImageId, ImportedImage } from '../api/images.ts'
import { FIRST_THRESHOLD } from '../api/likeness.ts'
import { ANALYSIS_STRINGS } from '../api/strings/analyses.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import { analyse, maskCells } from './analyse.ts'
import { withEngine, type EngineSession } from './engine-session.ts'
import { maskAlike, type Place } from './mask-alike.ts'
import { DEFAULT_BUDGET, maskFromWords } from './mask-from-words.ts'
import { numberFrom, parsePlaces, parsePngOutput, wholeNumber } from './option-parsers.ts'
import { replaceFiles } from './replace-files.ts'
import { uploadPicture } from './upload.ts'
import { checkWritable, refuse } from './write-results.ts'

interface MaskOptions {
  readonly from: string
  readonly to?: string
  readonly alike?: readonly Place[]
  readonly threshold: number
  readonly surprises: boolean
  readonly budget: number
  readonly spread: number
  readonly out: string
  readonly pack?: string
}

export function addMask(cli: Command, program: ProgramFiles): void {
  const { options: words } = STRINGS
  const command = cli.command('mask').description(STRINGS.mask).argument('<picture>')
    .option('--from <text>', words.from, '')
    .option('--to <text>', words.to)
    .addOption(new Option('--budget <percent>', words.budget).argParser(numberFrom(0.1, 100)).default(DEFAULT_BUDGET))
    .addOption(new Option('--spread <cells>', words.spread).argParser(wholeNumber(0, 3)).default(1))
    .addOption(new Option('--alike <X,Y…>', words.alike).argParser(parsePlaces))
    .addOption(new Option('--threshold <t>', words.threshold).argParser(numberFrom(0, 2)).default(FIRST_THRESHOLD))
    .option('--surprises', words.surprises, false)
    .addOption(new Option('--out <file>', words.maskOut).argParser(parsePngOutput).makeOptionMandatory())
    .option('--pack <id>', words.pack)
  command.action(async (picture: string, options: MaskOptions) => {
    const { to, alike, surprises, out } = options
    if ([to !== undefined, alike !== undefined, surprises].filter(Boolean).length !== 1) command.error(STRINGS.oneMaskSource)
    await checkWritable([out])
    await withEngine(program, async (session) => {
      const id = await findMask(session, await uploadPicture(session, picture), options)
      const answer = await session.fetch(`/api/masks/${id}/export`, { method: 'POST' })
      if (!answer.ok) throw await EngineError.fromResponse(answer)
      const png = new Uint8Array(await answer.arrayBuffer())
      await replaceFiles([out], () => Promise.resolve(png)).catch((thrown: unknown) => refuse(out, thrown))
      process.stdout.write(`${out}\n`)
    })
  })
}

function findMask(session: EngineSession, picture: ImportedImage, options: MaskOptions): Promise<ImageId> {
  const packId = options.pack ?? null
  if (options.alike !== undefined) return maskAlike(session, picture, options.alike, options.threshold, packId)
  if (options.surprises) return maskSurprises(session, picture, packId)
  return maskFromWords(session, picture, { ...options, to: options.to ?? '', packId })
}

/** Throws EngineError `invalid-request` where nothing surprises the model. */
async function maskSurprises(session: EngineSession, { imageId, image }: ImportedImage, packId: string | null): Promise<ImageId> {
  const result = await analyse(session, { source: { kind: 'picture', image: imageId }, prompts: [''], packId })
  const cells = findSpots(result.likelihoods[0] ?? [], result.crop).flatMap((spot) => spot.cells).sort((a, b) => a - b)
  if (cells.length === 0) throw new EngineError('invalid-request', ANALYSIS_STRINGS.noSpots)
  return maskCells(session, image.bounds, result, cells)
}
