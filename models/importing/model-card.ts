/** The card's name in a pack. */
export const MODEL_CARD = 'MODEL_CARD.md'

const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/

/** What a model card's front matter says of the licence, as the Hub writes it. */
export interface CardFacts {
  /** null where the card does not say. */
  readonly licence: string | null
}

/**
 * Reads the front matter of a model card: the lines between two `---` at its beginning. Nothing in a card is followed or
 * run; the rest of it is shown as plain text.
 */
export function readCardFacts(card: string): CardFacts {
  const frontMatter = FRONT_MATTER.exec(card)?.[1] ?? ''
  const valueOf = (key: string) => new RegExp(`^${key}:[ \\t]*(?:"([^"]*)"|'([^']*)'|([^\\s#][^#\\r\\n]*))`, 'm').exec(frontMatter)?.slice(1).find((value) => value !== undefined)?.trim()
  const licence = valueOf('license')
  // Where the Hub has no short name for it, the card says "other" and gives a name of its own.
  const named = licence === 'other' ? valueOf('license_name') ?? licence : licence
  return { licence: named ?? null }
}

/** What is to be read of a card: all but the front matter. */
export function withoutFrontMatter(card: string): string {
  return card.replace(FRONT_MATTER, '').trimStart()
}
