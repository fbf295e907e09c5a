import { EngineError } from '../api/errors.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { EngineSession } from './engine-session.ts'
import { findPack } from './find-pack.ts'

/** The words of a pack's style. Throws EngineError `invalid-request` with the names there are. */
export async function findStylePrompt(session: EngineSession, name: string, packId: string | undefined): Promise<string> {
  const { styles } = await findPack(session, packId ?? null)
  const style = styles.find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (style === undefined) throw new EngineError('invalid-request', STRINGS.noStyle(name, styles.map((each) => each.name)))
  return style.prompt
}
