import type { DocumentSummary } from '../../electron/api/documents.ts'

/** What the start screen may set going with documents. */
export interface DocumentActions {
  open(id: string): void
  createFromPrompt(prompt: string): void
  rename(id: string, name: string): void
  duplicate(id: string): void
  delete(summary: DocumentSummary): void
}
