import type { Conditioning, TextEncoder } from '../../models/runtime/text-encoder.ts'
import type { Pass } from '../../models/sampling/edit-plan.ts'

/** Each prompt once, so that equal ones are one object. */
export async function encodePrompts(textEncoder: TextEncoder, prompts: Iterable<string>): Promise<Map<string, Conditioning>> {
  const conditionings = new Map<string, Conditioning>()
  for (const prompt of new Set(prompts)) conditionings.set(prompt, await textEncoder.encode(prompt))
  return conditionings
}

/** All that a plan's passes read. */
export function promptsOf(passes: readonly Pass[]): string[] {
  return passes.flatMap(({ prompt, negativePrompt }) => [prompt, negativePrompt])
}
