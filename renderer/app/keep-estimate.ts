import { EDITS } from '../document/edits/edits.ts'
import { readChoice } from './edit-choice.ts'
import { prepareRequest } from './prepare-request.ts'
import type { EditorSession, Program } from './program.ts'
import { isRunning, openJob } from './runs.ts'

/** After the last change of what Enter would start: an estimate is for those who hesitate. */
const DELAY_MS = 500
/** Tiles of a mask that are sent ahead for it: 16 megapixels. Larger ones are sent when they are needed. */
const MAX_MASK_TILES = 256

type Sources = Pick<EditorSession, 'store' | 'editor'>

/** Keeps how long Enter's edit would take up with canvas, words and options. Returns what ends it. */
export function keepEstimate(program: Program, session: Sources): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let round = 0
  const show = (estimatedSeconds: number | null) => {
    if (session.editor.getState().estimatedSeconds !== estimatedSeconds) session.editor.change({ estimatedSeconds })
  }
  const look = async () => {
    const own = ++round
    const seconds = await askEstimate(program, session as EditorSession).catch(() => null)
    if (own === round) show(seconds)
  }
  const plan = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), DELAY_MS)
  }
  const wishOf = () => {
    const { prompt, options, editOptions, chosenEdit } = session.editor.getState()
    return [prompt, options, editOptions, chosenEdit]
  }
  let wish = wishOf()
  const ends = [
    session.store.subscribe((state, before) => state.document !== before.document && plan()),
    session.editor.subscribe(() => {
      const next = wishOf()
      const isSame = next.every((value, i) => value === wish[i])
      wish = next
      if (!isSame) plan()
    }),
    program.engine.jobs.subscribe((state, before) => state.jobs !== before.jobs && plan()),
  ]
  plan()
  return () => {
    clearTimeout(timer)
    round++
    ends.forEach((end) => end())
  }
}

async function askEstimate(program: Program, session: EditorSession): Promise<number | null> {
  if (isRunning(openJob(program, session))) return null
  const { canvas, which } = readChoice(program, session)
  const edit = EDITS[which.id]
  const isLarge = session.store.getState().document.pixelMask.tiles.size > MAX_MASK_TILES
  const isWordless = edit.words === 'needed' && session.editor.getState().prompt.trim() === ''
  if (edit.kind === null || isLarge || isWordless) return null
  return program.engine.client.estimateSeconds(await prepareRequest(program, session, which.id, canvas))
}
