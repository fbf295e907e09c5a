import type { Shell } from './shell.ts'

/** IPC channels between preload and main, one for each thing of `Shell` that main does. */
export const SHELL_CHANNELS = {
  chooseImages: 'shell:choose-images',
  chooseSavePlace: 'shell:choose-save-place',
  chooseFolder: 'shell:choose-folder',
  chooseStyleFile: 'shell:choose-style-file',
  onCommand: 'shell:command',
  setEnabledCommands: 'shell:set-enabled-commands',
  setTitle: 'shell:set-title',
  showInFolder: 'shell:show-in-folder',
} as const satisfies Record<Exclude<keyof Shell, 'host' | 'platform'>, string>
