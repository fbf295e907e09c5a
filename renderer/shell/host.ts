import type { CommandId } from '../../electron/api/menu.ts'
import type { Shell } from '../../electron/api/shell.ts'

/** A picture the user chose: registered with the engine by the desktop host, or its bytes from the browser. */
export type PickedPicture = { readonly fileId: string } | { readonly name: string; readonly bytes: Blob }

/** Where a file went. `fileId` is null where the browser took it as a download. */
export interface SavedFile {
  readonly name: string
  readonly fileId: string | null
}

/** What the interface asks of the program around it, the same for the desktop window and a browser. */
export interface Host {
  readonly kind: Shell['host']
  readonly platform: Shell['platform']
  /** Empty when cancelled. */
  choosePictures(): Promise<readonly PickedPicture[]>
  /**
   * Asks for a place and has the file made for it.
   *
   * @param make  gets the registered place, or null where it shall give the bytes.
   * @returns null when cancelled.
   */
  save(suggestedName: string, make: (fileId: string | null) => Promise<Blob>): Promise<SavedFile | null>
  /** Asks for a folder; undefined where only its path can be typed. */
  readonly chooseFolder: (() => Promise<{ readonly name: string; readonly fileId: string } | null>) | undefined
  /** Asks for a style file; undefined where only its path can be typed. */
  readonly chooseStyleFile: (() => Promise<{ readonly name: string; readonly fileId: string } | null>) | undefined
  /** Shows a saved file or a pack's folder in the system's file manager; undefined where there is no such thing. */
  readonly showInFolder: ((fileId: string) => Promise<void>) | undefined
  onCommand(listener: (command: CommandId) => void): () => void
  setEnabledCommands(commands: readonly CommandId[]): void
  setTitle(title: string): void
}
