import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { precisionChoiceSchema } from '../../api/packs.ts'
import { writeFileAtomically } from '../storage/atomic-file.ts'
import { makeFolder, writing } from '../storage/disk-errors.ts'

const choicesSchema = z.record(z.string(), precisionChoiceSchema)

/** In which precision the user wants each pack, beside the packs, so that the command line and the program agree. */
export interface PrecisionChoices {
  /** As last read: `auto` where nothing was chosen. */
  get(packId: string): string
  /** Reads them again: another program may have changed them. A file that cannot be read says nothing. */
  refresh(): Promise<void>
  /** Answers when it is on disk. */
  put(packId: string, choice: string): Promise<void>
}

export async function openPrecisionChoices(packsFolder: string): Promise<PrecisionChoices> {
  const path = join(packsFolder, '.precisions.json')
  let choices: z.infer<typeof choicesSchema> = {}
  const refresh = async () => {
    const text = await readFile(path, 'utf8').catch(() => '{}')
    try {
      choices = choicesSchema.parse(JSON.parse(text))
    } catch {
      choices = {}
    }
  }
  await refresh()
  return {
    get: (packId) => choices[packId] ?? 'auto',
    refresh,
    async put(packId, choice) {
      await refresh()
      choices = Object.fromEntries(Object.entries({ ...choices, [packId]: choice }).filter(([, chosen]) => chosen !== 'auto'))
      await makeFolder(packsFolder)
      await writing(() => writeFileAtomically(path, `${JSON.stringify(choices)}\n`))
    },
  }
}
