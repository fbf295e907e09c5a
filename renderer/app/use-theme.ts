import { useLayoutEffect } from 'react'
import { useStore } from 'zustand'
import type { Program } from './program.ts'

/** Puts the chosen theme, or the system's, on the page. */
export function useTheme({ engine, store }: Program): void {
  const chosen = useStore(engine.library, (state) => state.settings.theme)
  useLayoutEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      const theme = chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen
      document.documentElement.dataset['theme'] = theme
      store.setTheme(theme)
    }
    apply()
    dark.addEventListener('change', apply)
    return () => dark.removeEventListener('change', apply)
  }, [chosen, store])
}
