import { formatCount } from './numbers.ts'

export const SETTINGS_STRINGS = {
  title: 'Settings',
  close: 'Close',
  appearance: 'Appearance',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  model: 'Model',
  pack: 'Pack in use',
  noPacks: 'No model is installed.',
  noUsablePacks: 'No installed model can be used.',
  broken: (name: string, problem: string) => `“${name}” cannot be used. ${problem}`,
  models: 'Models …',
  performance: 'Performance',
  threads: 'Processor threads',
  threadsHint: (coreCount: number) =>
    `Auto uses all ${formatCount(coreCount, { one: 'core', other: 'cores' })}. Fewer leave more for other programs. Results may differ in the last digit when it changes.`,
  provider: 'Models run on',
  providerHint: 'Auto takes a graphics card where one works and is quicker than the processor.',
  memory: 'Memory',
  memoryHint: 'For loaded models and cached pictures, in MiB. Auto uses half of this machine’s memory.',
  auto: 'Auto',
  start: 'Start',
  host: 'Open Remask in',
  hosts: { auto: 'Auto', desktop: 'Own window', browser: 'Browser' },
  hostHint: 'From the next start. Auto opens its own window where it can.',
  files: 'Saved files',
  keepRecipe: 'Write the recipe into saved pictures',
  keepRecipeHint: 'Prompt, seed and settings, so that the picture can be made again.',
  keepGps: 'Keep the place where a photo was taken',
  keepGpsHint: 'Off by default: whoever gets the file could read it.',
  about: 'About',
  version: (version: string) => `Remask ${version}`,
  dataFolder: 'Your documents lie in',
  offline: 'Everything runs on this machine. Nothing is sent anywhere; only downloading a model uses the network.',
} as const

export const EXPORT_STRINGS = {
  title: 'Save picture as …',
  format: 'Format',
  formats: { png: 'PNG', jpeg: 'JPEG', webp: 'WebP' },
  formatHints: {
    png: 'Exact, every pixel as it is. The largest file.',
    jpeg: 'Small and read everywhere. Not exact, and without transparency.',
    webp: 'Smaller than JPEG at the same quality. Not exact.',
  },
  quality: 'Quality',
  keepRecipe: 'Write the recipe into the file',
  keepRecipeHint: 'Prompt, seed and settings, so that it can be made again.',
  keepGps: 'Keep the place where the photo was taken',
  keepGpsHint: 'Without it, no one can read from the file where it was.',
  save: 'Save',
  saving: 'Saving …',
  cancel: 'Cancel',
  saved: (name: string) => `“${name}” was saved`,
  showInFolder: 'Show in folder',
} as const

export const SHORTCUT_STRINGS = {
  title: 'Keyboard shortcuts',
  close: 'Close',
  canvas: 'On the canvas',
  candidates: 'While candidates are open',
  prompt: 'In the prompt',
  gestures: {
    canvas: [
      { keys: ['Space'], label: 'Hold and drag to move the view' },
      { keys: ['Mod', 'Wheel'], label: 'Zoom at the pointer' },
      { keys: ['←', '↑', '↓', '→'], label: 'Move rectangle or frame; with other tools, the view' },
      { keys: ['Shift', '←', '→'], label: 'Size rectangle or frame' },
      { keys: ['Escape'], label: 'Leave the gesture' },
    ],
    candidates: [
      { keys: ['1', '–', '4'], label: 'Use a candidate' },
      { keys: ['←', '→'], label: 'Look at another one' },
      { keys: ['Enter'], label: 'Use the one shown' },
      { keys: ['Escape'], label: 'Keep the canvas' },
    ],
    prompt: [
      { keys: ['Enter'], label: 'Start' },
      { keys: ['Shift', 'Enter'], label: 'New line' },
      { keys: ['Mod', '↑'], label: 'More weight for the word or selection' },
      { keys: ['Mod', '↓'], label: 'Less weight' },
    ],
  },
} as const

export const PALETTE_STRINGS = {
  label: 'Command palette',
  placeholder: 'Search commands …',
  nothing: 'No command is called like that.',
  results: (count: number) => formatCount(count, { one: 'command', other: 'commands' }),
} as const
