const KEY = 'remask-window'

/**
 * The window's id, the same after a reload, so that it keeps the documents it holds. It lies in the session storage only
 * between two loads: a duplicated tab copies the storage and must not pass for the same window.
 */
export function claimWindowId(storage: Storage, page: Pick<Window, 'addEventListener'>): string {
  const id = storage.getItem(KEY) ?? crypto.randomUUID()
  storage.removeItem(KEY)
  page.addEventListener('pagehide', () => storage.setItem(KEY, id))
  page.addEventListener('pageshow', () => storage.removeItem(KEY))
  return id
}
