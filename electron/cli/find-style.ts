import type { EditRequestInput } from '../api/edits.ts'
import { EngineError } from '../api/errors.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { EditOptions } from './edit-options.ts'
import type { EngineSession } from './engine-session.ts'
import { findPack } from './find-pack.ts'

/**
 * A request in one of the pack's styles: one that was added to it is drawn in, one it came with is put into the words.
 * Throws EngineError `invalid-request` with the names there are.
 */
export async function withStyle(
  session: EngineSession, request: EditRequestInput, { style: name, styleStrength: strength, pack: packId }: EditOptions,
): Promise<EditRequestInput> {
  if (name === undefined) return request
  const { adapters, styles } = await findPack(session, packId ?? null)
  const isNamed = (each: { readonly name: string; readonly id?: string }) => each.name.toLowerCase() === name.toLowerCase() || each.id === name
  const adapter = adapters.find(isNamed)
  if (adapter !== undefined) return { ...request, adapter: { id: adapter.id, strength } }
  const style = styles.find(isNamed)
  if (style === undefined) throw new EngineError('invalid-request', STRINGS.noStyle(name, [...adapters, ...styles].map((each) => each.name)))
  return { ...request, prompt: [request.prompt, style.prompt].filter(Boolean).join(', ') }
}
