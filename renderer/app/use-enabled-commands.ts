import { useEffect, useState } from 'react'
import type { CommandId } from '../../electron/api/menu.ts'
import { COMMAND_IDS, isEnabled } from './commands/commands.ts'
import { currentSession, type Program } from './program.ts'

/** Which commands do something now; kept up with the stores, and told to the host's menu. */
export function useEnabledCommands(program: Program): ReadonlySet<CommandId> {
  const [enabled, setEnabled] = useState<ReadonlySet<CommandId>>(new Set())
  useEffect(() => {
    let shown = ''
    const look = () => {
      const ids = COMMAND_IDS.filter((id) => isEnabled(program, id))
      if (ids.join() === shown) return
      shown = ids.join()
      setEnabled(new Set(ids))
      program.host.setEnabledCommands(ids)
    }
    let endSession = () => {}
    const follow = () => {
      endSession()
      const session = currentSession(program)
      const ends = session ? [session.shown.subscribe(look), session.editor.subscribe(look)] : []
      endSession = () => ends.forEach((end) => end())
      look()
    }
    follow()
    const ends = [program.store.subscribe(follow), program.engine.jobs.subscribe(look)]
    return () => {
      endSession()
      ends.forEach((end) => end())
    }
  }, [program])
  return enabled
}
