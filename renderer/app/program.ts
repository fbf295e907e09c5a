import type { DocumentSession } from '../engine/document-session.tsx'
import type { EngineAccess } from '../engine/engine-context.tsx'
import type { ViewportStore } from '../canvas/viewport-store.ts'
import type { Host } from '../shell/host.ts'
import type { AppStore } from './app-store.ts'

/** A document open in this window. */
export interface EditorSession extends DocumentSession {
  readonly viewport: ViewportStore
  /** Releases the document; its last lines and view are on their way to the disk. */
  dispose(): void
}

/** What the actions of the interface work with. Made once, by main.tsx. */
export interface Program {
  readonly engine: EngineAccess
  readonly host: Host
  readonly store: AppStore
}

/** The open document of this window, if there is one. */
export function currentSession({ store }: Program): EditorSession | undefined {
  const { screen } = store.getState()
  return screen.kind === 'editor' ? screen.session : undefined
}

/** Whether this window shows the document, or is about to. */
export function isWanted({ store }: Program, documentId: string): boolean {
  const { screen } = store.getState()
  return screen.kind === 'editor' ? screen.session.id === documentId : screen.kind === 'opening' && screen.id === documentId
}
