/** What the address says the window shows, so that a reload or a bookmark finds the document again. null = the start screen. */
export function readRoute(hash: string): string | null {
  return /^#\/documents\/([\w-]+)$/.exec(hash)?.[1] ?? null
}

export function routeTo(documentId: string | null): string {
  return documentId === null ? '#/' : `#/documents/${documentId}`
}
