import type { DocumentSummary, DocumentView, LogLine, OpenedDocument } from '../api/documents.ts'

/**
 * The documents of a data folder: `documents/<id>/{document.json, log.ndjson, view.json, jobs/}`. `window` is the name of
 * a renderer's window; a document is open in one window at a time. Throws EngineError `not-found`,
 * `document-open-elsewhere`, `disk-full`, `disk-read-only`.
 */
export interface Documents {
  list(): Promise<DocumentSummary[]>
  create(name?: string): Promise<DocumentSummary>
  has(documentId: string): Promise<boolean>
  rename(documentId: string, name: string): Promise<DocumentSummary>
  duplicate(documentId: string): Promise<DocumentSummary>
  delete(documentId: string, window?: string): Promise<void>
  open(documentId: string, window: string): Promise<OpenedDocument>
  close(documentId: string, window: string): void
  /** Releases all documents of a window: its event stream has ended. */
  releaseWindow(window: string): void
  append(documentId: string, window: string, line: LogLine): Promise<void>
  saveView(documentId: string, window: string, view: DocumentView): Promise<void>
}
