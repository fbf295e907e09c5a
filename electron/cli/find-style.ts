import { EngineError } from '../api/errors.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { read, type EngineSession } from './engine-session.ts'

/** The words of a pack's style. Throws EngineError `invalid-request` with the names there are. */
export async function findStylePrompt({ client }: EngineSession, name: string, packId: string | undefined): Promise<string> {
  const [packs, settings] = await Promise.all([read(client.packs.$get()), read(client.settings.$get())])
  const chosen = packId ?? settings.packId
  const styles = (packs.find(({ id }) => id === chosen) ?? packs[0])?.styles ?? []
  const style = styles.find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (style === undefined) throw new EngineError('invalid-request', STRINGS.noStyle(name, styles.map((each) => each.name)))
  return style.prompt
}
