import { FolderOpen, HelpCircle, Settings } from 'lucide-react'
import { START_SCREEN_STRINGS as STRINGS } from '../../electron/api/strings/start-screen.ts'
import { usePack } from '../engine/engine-hooks.ts'
import { BrandMark } from '../ui/BrandMark.tsx'
import { Button } from '../ui/Button.tsx'
import { CommandButton } from './CommandButton.tsx'
import type { DocumentActions } from './document-actions.ts'
import { DocumentGrid } from './DocumentGrid.tsx'
import { useActions } from './editor-actions.ts'
import { ModelLine } from './ModelLine.tsx'
import { StartPrompt } from './StartPrompt.tsx'
import styles from './StartScreen.module.css'

/** The first thing seen: a prompt, and all documents. */
export function StartScreen({ actions }: { actions: DocumentActions }) {
  const { run } = useActions()
  const examples = usePack()?.examplePrompts ?? []
  return (
    <div className={styles.screen}>
      <header className={styles.top}>
        <span className={styles.brand}>
          <BrandMark />
          {STRINGS.productName}
        </span>
        <ModelLine />
        <CommandButton command="app.shortcuts" tooltipSide="bottom">
          <HelpCircle size={17} />
        </CommandButton>
        <CommandButton command="app.settings" tooltipSide="bottom">
          <Settings size={17} />
        </CommandButton>
      </header>
      <main className={styles.main}>
        <section className={styles.hero}>
          <h1 className={styles.headline}>{STRINGS.headline}</h1>
          <StartPrompt onCreate={actions.createFromPrompt} />
          {examples.length > 0 && (
            <ul className={styles.examples} aria-label={STRINGS.examples}>
              {examples.map((example) => (
                <li key={example}>
                  <button type="button" className={styles.example} onClick={() => actions.createFromPrompt(example)}>
                    {example}
                  </button>
                </li>
              ))}
            </ul>
          )}
          <p className={styles.orOpen}>
            {STRINGS.or}
            <Button onClick={() => run('file.open')}>
              <FolderOpen size={15} />
              {STRINGS.openPicture}
            </Button>
            {STRINGS.dropHint}
          </p>
        </section>
        <DocumentGrid actions={actions} />
      </main>
    </div>
  )
}
