import type { CommandId } from './menu.ts'

/** A file the user chose. The renderer never sees a path: the desktop host registers it and gives an opaque id. */
export interface ChosenFile {
  readonly name: string
  /** Opens it in the engine: `POST /files/:fileId/…`. */
  readonly fileId: string
}

/**
 * The few things a host does for the interface. `window.shell` in the desktop host (electron/preload); the browser host's
 * member is renderer/shell/browser-host.ts. Small JSON only: pixels go through the engine's fetch.
 */
export interface Shell {
  readonly host: 'desktop' | 'browser'
  readonly platform: 'linux' | 'mac' | 'windows'
  /** A native dialog for opening pictures. Empty when cancelled. */
  chooseImages(): Promise<readonly ChosenFile[]>
  /** A native dialog for saving. null when cancelled. */
  chooseSavePlace(suggestedName: string): Promise<ChosenFile | null>
  /** A native dialog for a folder to read from. null when cancelled. */
  chooseFolder(): Promise<ChosenFile | null>
  /** A native dialog for a style file (a LoRA). null when cancelled. */
  chooseStyleFile(): Promise<ChosenFile | null>
  /** Menu items and native accelerators. Returns what ends the subscription. */
  onCommand(listener: (command: CommandId) => void): () => void
  /** Which commands the menu shows as available. */
  setEnabledCommands(commands: readonly CommandId[]): void
  setTitle(title: string): void
  /** Shows a saved file or a pack's folder in the system's file manager. */
  showInFolder(fileId: string): Promise<void>
}

declare global {
  interface Window {
    /** Present in the desktop host only. */
    readonly shell?: Shell
  }
}
