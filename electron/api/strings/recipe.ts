/** How a candidate was made, line by line. */
export const RECIPE_STRINGS = {
  title: 'How it was made',
  open: 'Show how it was made',
  edit: 'Edit',
  words: 'Words',
  noWords: 'None',
  leftOut: 'Left out',
  seed: 'Seed',
  model: 'Model',
  pack: (id: string, version: string) => `${id} ${version}`,
  copy: 'Copy as text',
} as const
