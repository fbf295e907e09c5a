import type { CommandId, MenuId } from '../menu.ts'

/** Titles of the menus, in the order of the menu bar. `app` is the program's own menu on macOS and part of *File* elsewhere. */
export const MENU_TITLES = {
  app: 'Remask',
  file: 'File',
  edit: 'Edit',
  mask: 'Mask',
  tools: 'Tools',
  view: 'View',
  run: 'Run',
  help: 'Help',
} as const satisfies Record<MenuId, string>

/** What a command is called in the menu, in the palette and in the sheet of shortcuts. */
export const COMMAND_LABELS = {
  'file.new': 'New Document',
  'file.open': 'Open Picture…',
  'file.documents': 'All Documents',
  'file.export': 'Save Picture As…',
  'edit.undo': 'Undo',
  'edit.redo': 'Redo',
  'edit.copy': 'Copy Picture',
  'edit.paste': 'Paste Picture',
  'mask.invert': 'Invert Mask',
  'mask.clear': 'Clear Mask',
  'mask.restore': 'Bring Back Last Mask',
  'mask.all': 'Mask Everything',
  'mask.grow': 'Grow Mask',
  'mask.shrink': 'Shrink Mask',
  'mask.toggle-visible': 'Show or Hide Mask',
  'mask.load': 'Load Mask…',
  'mask.save': 'Save Mask As…',
  'tool.brush': 'Mask Brush',
  'tool.eraser': 'Mask Eraser',
  'tool.rectangle': 'Rectangle',
  'tool.lasso': 'Lasso',
  'tool.frame': 'Frame',
  'tool.pan': 'Move View',
  'brush.smaller': 'Smaller Brush',
  'brush.larger': 'Larger Brush',
  'view.zoom-in': 'Zoom In',
  'view.zoom-out': 'Zoom Out',
  'view.fit': 'Fit Picture',
  'view.actual-size': 'Actual Size',
  'view.before': 'Hold to See Before',
  'view.cells': 'Show Token Cells',
  'view.history': 'History',
  'run.focus-prompt': 'Go to the Prompt',
  'run.start': 'Start',
  'run.cancel': 'Stop',
  'candidate.1': 'Accept Candidate 1',
  'candidate.2': 'Accept Candidate 2',
  'candidate.3': 'Accept Candidate 3',
  'candidate.4': 'Accept Candidate 4',
  'app.settings': 'Settings…',
  'app.palette': 'Command Palette…',
  'app.shortcuts': 'Keyboard Shortcuts',
} as const satisfies Record<CommandId, string>

/** Items that the operating system carries out; they stand only in the native menu. */
export const SYSTEM_MENU_LABELS = {
  about: 'About Remask',
  showLog: 'Show Log File',
  showDataFolder: 'Show Data Folder',
  quit: 'Quit Remask',
  closeWindow: 'Close Window',
  fullScreen: 'Full Screen',
} as const
