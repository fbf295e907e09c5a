/** Joins the class names that apply: `joinClasses(styles.card, isSelected && styles.selected)`. */
export function joinClasses(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
