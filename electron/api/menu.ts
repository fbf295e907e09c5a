/**
 * Every command of the program, once: the native menu, the keyboard, the command palette and the sheet of shortcuts are
 * made from this table. `keys` are for Electron's accelerators and for our own matching by `KeyboardEvent.code`-independent
 * `key` (so that Ctrl+Z works on every layout); `Mod` is Cmd on macOS and Ctrl elsewhere. Labels: strings/.
 */
export const COMMANDS = {
  'file.new': { menu: 'file', keys: ['Mod+N'] },
  'file.open': { menu: 'file', keys: ['Mod+O'] },
  'file.documents': { menu: 'file', keys: ['Mod+Shift+O'] },
  'file.export': { menu: 'file', keys: ['Mod+S', 'Mod+Shift+E'] },
  'edit.undo': { menu: 'edit', keys: ['Mod+Z'] },
  'edit.redo': { menu: 'edit', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  'edit.copy': { menu: 'edit', keys: ['Mod+C'] },
  'edit.paste': { menu: 'edit', keys: ['Mod+V'] },
  'mask.invert': { menu: 'mask', keys: ['Mod+Shift+I'] },
  'mask.clear': { menu: 'mask', keys: ['Mod+D'] },
  'mask.restore': { menu: 'mask', keys: ['Mod+Shift+D'] },
  'mask.all': { menu: 'mask', keys: ['Mod+A'] },
  'mask.grow': { menu: 'mask', keys: ['Shift+]'] },
  'mask.shrink': { menu: 'mask', keys: ['Shift+['] },
  'mask.toggle-visible': { menu: 'mask', keys: ['M'] },
  'mask.load': { menu: 'mask', keys: [] },
  'mask.save': { menu: 'mask', keys: [] },
  'tool.brush': { menu: 'tools', keys: ['B'] },
  'tool.eraser': { menu: 'tools', keys: ['E'] },
  'tool.rectangle': { menu: 'tools', keys: ['R'] },
  'tool.lasso': { menu: 'tools', keys: ['L'] },
  'tool.frame': { menu: 'tools', keys: ['F'] },
  'tool.pan': { menu: 'tools', keys: ['H'] },
  'brush.smaller': { menu: 'tools', keys: ['['] },
  'brush.larger': { menu: 'tools', keys: [']'] },
  'view.zoom-in': { menu: 'view', keys: ['Mod+=', 'Mod++'] },
  'view.zoom-out': { menu: 'view', keys: ['Mod+-'] },
  'view.fit': { menu: 'view', keys: ['Mod+0'] },
  'view.actual-size': { menu: 'view', keys: ['Mod+1'] },
  'view.before': { menu: 'view', keys: ['\\'] },
  'view.cells': { menu: 'view', keys: ['G'] },
  'view.history': { menu: 'view', keys: ['Mod+H'] },
  'run.focus-prompt': { menu: 'run', keys: ['/', 'P'] },
  'run.start': { menu: 'run', keys: ['Mod+Enter'] },
  'run.cancel': { menu: 'run', keys: ['Mod+.'] },
  'candidate.1': { menu: 'run', keys: ['Alt+1'] },
  'candidate.2': { menu: 'run', keys: ['Alt+2'] },
  'candidate.3': { menu: 'run', keys: ['Alt+3'] },
  'candidate.4': { menu: 'run', keys: ['Alt+4'] },
  'app.settings': { menu: 'app', keys: ['Mod+,'] },
  'app.palette': { menu: 'app', keys: ['Mod+K', 'Mod+Shift+P'] },
  'app.shortcuts': { menu: 'help', keys: ['?', 'F1'] },
} as const satisfies Record<string, { menu: MenuId; keys: readonly string[] }>

export type MenuId = 'app' | 'file' | 'edit' | 'mask' | 'tools' | 'view' | 'run' | 'help'
export type CommandId = keyof typeof COMMANDS
