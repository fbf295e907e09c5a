import { useStore } from 'zustand'
import { START_SCREEN_STRINGS } from '../../electron/api/strings/start-screen.ts'
import { joinClasses } from '../ui/class-names.ts'
import { Spinner } from '../ui/Progress.tsx'
import type { AppStore } from './app-store.ts'
import styles from './EditorScreen.module.css'

/** While a picture file is read: a large photo takes a second or two. */
export function OpeningBanner({ store }: { store: AppStore }) {
  const name = useStore(store, (state) => state.openingPicture)
  if (name === null) return null
  return (
    <div className={joinClasses(styles.banner, styles.late)} role="status">
      <Spinner />
      <p>{START_SCREEN_STRINGS.openingPicture(name)}</p>
    </div>
  )
}
