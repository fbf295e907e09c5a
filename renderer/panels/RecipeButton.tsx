import { Copy, Info } from 'lucide-react'
import type { Recipe } from '../../electron/api/edits.ts'
import { RECIPE_STRINGS as STRINGS } from '../../electron/api/strings/recipe.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Popover } from '../ui/Popover.tsx'
import { describeRecipe } from './describe-recipe.ts'
import { useActions } from './editor-actions.ts'
import styles from './RecipeButton.module.css'

/** How a candidate was made, one click away. */
export function RecipeButton({ recipe }: { recipe: Recipe }) {
  const { copyText } = useActions()
  const lines = describeRecipe(recipe)
  const trigger = (
    <IconButton label={STRINGS.open}>
      <Info size={16} />
    </IconButton>
  )
  return (
    <Popover label={STRINGS.title} trigger={trigger} side="left" align="end">
      <div className={styles.recipe}>
        <h2 className={styles.title}>{STRINGS.title}</h2>
        <dl className={styles.lines}>
          {lines.map(({ name, value }) => (
            <div key={name} className={styles.line}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Button size="small" onClick={() => copyText(lines.map(({ name, value }) => `${name}: ${value}`).join('\n'))}>
          <Copy size={13} />
          {STRINGS.copy}
        </Button>
      </div>
    </Popover>
  )
}
