import { Option, type Command } from 'commander'
import { meanLikelihood, WORDS_SUBSET_COUNT, type AnalysisResult } from '../api/analyses.ts'
import { findSpots, measureFall, type Spot } from '../api/cell-choice.ts'
import { findPromptWords, leaveOutWord } from '../api/prompt-words.ts'
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
  readonly words: boolean
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
    .option('--words', words.words, false)
    .action((picture: string, options: MeasureOptions) =>
      withEngine(program, async (session) => {
        const { prompt, detail, pack, json } = options
        const { imageId } = await uploadPicture(session, picture)
        const leftOut = options.words ? findPromptWords(prompt) : []
        const { crop, likelihoods } = await analyse(session, {
          source: { kind: 'picture', image: imageId, detail },
          prompts: [prompt, ...leftOut.map((word) => leaveOutWord(prompt, word))],
          packId: pack ?? null,
          ...(options.words && { subsetCount: WORDS_SUBSET_COUNT }),
        })
        const values = likelihoods[0] ?? []
        const spots = findSpots(values, crop)
        const mattered = leftOut.map(({ text }, i) => {
          const falls = measureFall(values, likelihoods[i + 1] ?? [])
          return { word: text, mean: meanLikelihood(falls), falls }
        })
        const mean = meanLikelihood(values)
        const lines = json
          ? [JSON.stringify({ mean, crop, likelihoods: values, spots, ...(options.words && { words: mattered }) })]
          : [STRINGS.meanLikelihood(mean), ...mattered.map((each) => STRINGS.wordMattered(each.word, each.mean)), ...describeSpots(spots, crop)]
        process.stdout.write(`${lines.join('\n')}\n`)
      }),
    )
}

function describeSpots(spots: readonly Spot[], crop: AnalysisResult['crop']): string[] {
  return spots.map(({ cells, likelihood }, i) => {
    const { x, y } = cellRect(crop, cells[0]!)
    return STRINGS.spot(i + 1, x, y, cells.length, likelihood)
  })
}
