import { Option, type Command } from 'commander'
import { meanLikelihood } from '../api/analyses.ts'
import { findSpots } from '../api/cell-choice.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { cellRect } from '../api/token-cells.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import { analyse } from './analyse.ts'
import { withEngine } from './engine-session.ts'
import { uploadPicture } from './upload.ts'

interface MeasureOptions {
  readonly prompt: string
  readonly detail: 'whole' | 'full'
  readonly pack?: string
  readonly json: boolean
}

/** How well a picture fits words, and where it surprises the model. */
export function addMeasure(cli: Command, program: ProgramFiles): void {
  const { options: words } = STRINGS
  cli
    .command('measure')
    .description(STRINGS.measure)
    .argument('<picture>')
    .option('--prompt <text>', words.measuredPrompt, '')
    .addOption(new Option('--detail <detail>', words.detailMeasured).choices(['whole', 'full']).default('whole'))
    .option('--pack <id>', words.pack)
    .option('--json', words.jsonMeasured, false)
    .action((picture: string, { prompt, detail, pack, json }: MeasureOptions) =>
      withEngine(program, async (session) => {
        const { imageId } = await uploadPicture(session, picture)
        const source = { kind: 'picture', image: imageId, detail } as const
        const { crop, likelihoods } = await analyse(session, { source, prompts: [prompt], packId: pack ?? null })
        const values = likelihoods[0] ?? []
        const mean = meanLikelihood(values)
        const spots = findSpots(values, crop)
        if (json) process.stdout.write(`${JSON.stringify({ mean, crop, likelihoods: values, spots })}\n`)
        else {
          process.stdout.write(`${STRINGS.meanLikelihood(mean)}\n`)
          for (const [i, { cells, likelihood }] of spots.entries()) {
            const { x, y } = cellRect(crop, cells[0]!)
            process.stdout.write(`${STRINGS.spot(i + 1, x, y, cells.length, likelihood)}\n`)
          }
        }
      }),
    )
}
