import { describe, expect, it } from 'vitest'
import { claimWindowId } from './window-id.ts'

/** A tab: its session storage, and a page that can be left. */
function tab(content = new Map<string, string>()) {
  const storage = {
    getItem: (key: string) => content.get(key) ?? null,
    setItem: (key: string, value: string) => void content.set(key, value),
    removeItem: (key: string) => void content.delete(key),
  } as Storage
  const page = new EventTarget() as unknown as Window
  return { content, storage, page }
}

describe('the window’s id', () => {
  it('stays the same over a reload, so that the window keeps its document', () => {
    const { storage, page } = tab()
    const id = claimWindowId(storage, page)
    page.dispatchEvent(new Event('pagehide'))
    expect(claimWindowId(storage, page)).toBe(id)
  })

  it('differs in a duplicated tab, which has a copy of the storage', () => {
    const first = tab()
    const id = claimWindowId(first.storage, first.page)
    const copy = tab(new Map(first.content))
    expect(claimWindowId(copy.storage, copy.page)).not.toBe(id)
  })
})
