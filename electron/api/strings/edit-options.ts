import { formatNumber, formatPercent } from './numbers.ts'

/** How much of something, in plain words: the share up to which each holds. */
const AMOUNTS = [
  [0.2, 'a little'],
  [0.45, 'some'],
  [0.7, 'much'],
  [0.99, 'a lot'],
] as const

/** @param share  0–1 */
export function nameAmount(share: number): string {
  return AMOUNTS.find(([most]) => share <= most)?.[1] ?? 'all of it'
}

/** @param strength  1 is as the style was trained. */
export const nameStrength = (strength: number): string => formatPercent(strength)

/** What can be chosen of an edit, under *More* and in the box. */
export const EDIT_OPTION_STRINGS = {
  steps: {
    label: 'Steps',
    hint: 'In how many turns it forms, 1 to 64. More is slower and often cleaner. Auto fits them to the mask.',
  },
  guidanceScale: {
    label: 'Guidance',
    hint: 'How closely the words are followed. High values look harder.',
    value: (value: number) => formatNumber(value, 1),
  },
  guidanceRamp: {
    label: 'Guidance over the steps',
    hint: 'Rising leaves the first steps free and follows the words more and more: more variety, and a little quicker.',
    choices: { auto: 'Auto', constant: 'Even', linear: 'Rising' },
  },
  guidanceFrom: {
    label: 'Guidance begins',
    hint: 'Steps before it take half the time each. Late guidance follows the words less in what is settled first.',
    choices: { 0: 'At once', 0.25: 'After ¼', 0.5: 'After ½' },
    value: (share: number) => (share === 0 ? 'At once' : formatPercent(share)),
  },
  guidanceReuse: {
    label: 'Guidance is found',
    hint: 'What the words change is found anew in so many steps, and taken again in those between: quicker, a little less exact.',
    choices: { 1: 'Every step', 2: 'Every 2nd', 4: 'Every 4th' },
    value: (count: number) => (count === 1 ? 'Every step' : `Every ${formatNumber(count)} steps`),
  },
  adapter: {
    label: 'Style',
    hint: 'One of the styles that were added to this model, in the models dialog.',
    choose: 'Which style',
    none: 'None',
    strength: 'Strength of the style',
    value: ({ id, name, strength }: { id: string; name?: string | undefined; strength: number }) => `${name ?? id}, ${nameStrength(strength)}`,
  },
  decodingOrder: {
    label: 'Order',
    hint: 'Which cells settle first: the surest ones, or evenly spread ones.',
    choices: { confidence: 'Surest', halton: 'Spread' },
  },
  isDetailed: {
    label: 'Detail',
    hint: 'Works through a large area piece by piece, as fine as the picture. Slower.',
    choices: { false: 'Off', true: 'On' },
  },
  surroundings: {
    label: 'Surroundings',
    hint: 'How much of the picture around it the model sees, as a share of what changes. More fits in better, less is drawn finer.',
    value: (share: number) => formatPercent(share),
  },
  edgeBand: {
    label: 'Soft edge',
    hint: 'Lets the new part fade out over one token cell beyond what you painted. What it adds may change too.',
    choices: { 0: 'Off', null: 'One cell' },
    /** A recipe names the band in image pixels. */
    value: (band: number) => (band === 0 ? 'Off' : `${formatNumber(band)} px`),
  },
  isColourMatched: {
    label: 'Match colours',
    hint: 'Brings the new part to the colours beside it, so that no edge shows.',
    choices: { false: 'Off', true: 'On' },
  },
  strength: {
    label: 'How much',
    hint: 'How much of the picture is drawn anew.',
    value: nameAmount,
  },
  rounds: {
    label: 'Keep the scene',
    hint: 'In how many rounds. More rounds change fewer cells at a time and keep more of what is there.',
    value: (count: number) => formatNumber(count),
  },
  share: {
    label: 'How much',
    hint: 'How much of the picture each turn draws anew. More changes more at once and keeps less.',
    /** The slider ends at 0.32. */
    value: (share: number) => nameAmount(share * 2.5),
  },
} as const
