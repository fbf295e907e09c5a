import type { EditRequest, Recipe } from '../../electron/api/edits.ts'
import { EDIT_OPTION_STRINGS } from '../../electron/api/strings/edit-options.ts'
import { HISTORY_STRINGS } from '../../electron/api/strings/history.ts'
import { RECIPE_STRINGS as STRINGS } from '../../electron/api/strings/recipe.ts'
import type { OptionKey } from '../document/edits/edit.ts'

export interface RecipeLine {
  readonly name: string
  readonly value: string
}

/** All that made a candidate, in words; the pictures it was made from are on the canvas. */
export function describeRecipe({ request, packId, packVersion }: Recipe): RecipeLine[] {
  const { kind, prompt, negativePrompt, seed } = request
  const lines = [
    { name: STRINGS.edit, value: HISTORY_STRINGS[`accept-${kind}`] },
    { name: STRINGS.words, value: prompt || STRINGS.noWords },
    { name: STRINGS.leftOut, value: negativePrompt },
    ...(Object.keys(EDIT_OPTION_STRINGS) as OptionKey[]).map((key) => describeOption(request, key)),
    { name: STRINGS.seed, value: seed === null ? '' : String(seed) },
    { name: STRINGS.model, value: STRINGS.pack(packId, packVersion) },
  ]
  return lines.filter(({ value }) => value !== '')
}

function describeOption(request: EditRequest, key: OptionKey): RecipeLine {
  const words: OptionWords = EDIT_OPTION_STRINGS[key]
  const value = (request as Partial<Record<OptionKey, unknown>>)[key]
  const describe = () => words.value?.(value as never) ?? words.choices?.[String(value)] ?? String(value)
  return { name: words.label, value: value == null ? '' : describe() }
}

interface OptionWords {
  readonly label: string
  readonly value?: (value: never) => string
  readonly choices?: Readonly<Record<string, string>>
}
