import { packFilePath } from '../importing/open-pack.ts'
import { PackError } from '../importing/pack-error.ts'
import type { GraphDemands, Session, SessionLoader } from '../runtime/session.ts'

/** What a graph of a family is fed with and gives, by name. More than these means it is not a graph of the family. */
export interface GraphFace {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** A graph that is loaded when it is first run, and whose face is checked then: for what many runs do without. */
export function openGraphLater(...graph: Parameters<typeof openGraph>): Session {
  const [, , , face] = graph
  let opened: Promise<Session> | undefined
  const open = () => openGraph(...graph).catch((thrown: unknown) => {
    // Whoever mends the pack need not start again.
    opened = undefined
    throw thrown
  })
  return {
    inputNames: face.inputs,
    outputNames: face.outputs,
    run: async (feeds) => (await (opened ??= open())).run(feeds),
    dispose: async () => (await opened)?.dispose(),
  }
}

/** Loads a graph and checks its face. @throws {PackError} 'graph-unreadable' */
export async function openGraph(
  sessions: SessionLoader, folder: string, file: string, face: GraphFace, demands?: GraphDemands,
): Promise<Session> {
  const session = await sessions.load(packFilePath(folder, file), demands).catch((cause: unknown) => {
    if (cause instanceof PackError) throw cause
    throw new PackError('graph-unreadable', file, String(cause), { cause })
  })
  const isFed = session.inputNames.every((name) => face.inputs.includes(name))
  const isComplete = face.outputs.every((name) => session.outputNames.includes(name))
  if (isFed && isComplete) return session
  const found = `${session.inputNames.join(', ')} → ${session.outputNames.join(', ')}`
  throw new PackError('graph-unreadable', file, `takes ${found}, not ${face.inputs.join(', ')} → ${face.outputs.join(', ')}`)
}
