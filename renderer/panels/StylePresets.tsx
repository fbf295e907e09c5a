import { EDIT_LIST_STRINGS } from '../../electron/api/strings/edits.ts'
import { findStyle, putStyle } from '../document/style-words.ts'
import { useEditorState, useSession } from '../engine/document-session.tsx'
import { useEngine } from '../engine/engine-context.tsx'
import { usePack } from '../engine/engine-hooks.ts'
import { joinClasses } from '../ui/class-names.ts'
import styles from './StylePresets.module.css'

/** The pack's own styles with what they look like: a click writes one into the prompt, a second takes it out. */
export function StylePresets() {
  const { editor } = useSession()
  const { client } = useEngine()
  const prompt = useEditorState((state) => state.prompt)
  const pack = usePack()
  if (pack === null || pack.styles.length === 0) return null
  const chosen = findStyle(prompt, pack.styles)
  return (
    <div className={styles.presets} role="group" aria-label={EDIT_LIST_STRINGS.styles}>
      {pack.styles.map((style, i) => (
        <button
          key={style.name}
          type="button"
          className={joinClasses(styles.preset, style === chosen && styles.chosen)}
          aria-pressed={style === chosen}
          onClick={() => editor.change({ prompt: putStyle(prompt, style === chosen ? null : style, pack.styles) })}
        >
          <img className={styles.thumbnail} src={client.styleThumbnailUrl(pack, i)} alt="" loading="lazy" draggable={false} />
          {style.name}
        </button>
      ))}
    </div>
  )
}
