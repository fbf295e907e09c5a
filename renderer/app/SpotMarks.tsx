import { useStore } from 'zustand'
import { ANALYSIS_STRINGS as STRINGS } from '../../electron/api/strings/analyses.ts'
import { cellRect } from '../../electron/api/token-cells.ts'
import { toScreen } from '../canvas/viewport.ts'
import { useLooks } from '../engine/document-session.tsx'
import { selectSpots } from '../engine/looks-store.ts'
import { useActions } from '../panels/editor-actions.ts'
import type { EditorSession } from './program.ts'
import styles from './EditorScreen.module.css'

/** A numbered mark on each surprise of the picture: pressing it makes it the mask. */
export function SpotMarks({ session }: { session: EditorSession }) {
  const viewport = useStore(session.viewport)
  const { maskFound } = useActions()
  const found = useLooks((state) => state.found)
  if (found?.id !== 'surprises') return null
  return (
    <ul className={styles.spots} aria-label={STRINGS.titles.surprises}>
      {selectSpots(found).map(({ cells }, i) => {
        const { x, y } = cellRect(found.result.crop, cells[0] ?? 0)
        const { xScreen, yScreen } = toScreen(viewport, { x, y })
        return (
          <li key={cells[0]} className={styles.spot} style={{ left: xScreen, top: yScreen }}>
            <button type="button" aria-label={STRINGS.spot(i + 1, cells.length)} onClick={() => maskFound('spot', cells)}>
              {i + 1}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
