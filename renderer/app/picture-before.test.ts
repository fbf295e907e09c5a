import { describe, expect, it } from 'vitest'
import { openDocumentStore } from '../document/document-store.ts'
import { findPictureBefore } from './picture-before.ts'

const BOUNDS = { x: 0, y: 0, width: 64, height: 64 }
const place = (letter: string) =>
  ({ type: 'place-picture', imageId: letter.repeat(64), bounds: BOUNDS, isPasted: false }) as const

async function emptyStore() {
  return openDocumentStore({ lines: [], appendLine: async () => {}, loadMaskTiles: async () => new Map() })
}

describe('the picture before', () => {
  it('is the one before its last change, whatever was masked since', async () => {
    const store = await emptyStore()
    store.dispatch(place('a'))
    store.dispatch(place('b'))
    store.dispatch({ type: 'fill-mask' })
    expect(findPictureBefore(store, store.getState().headId)).toEqual({ imageId: 'a'.repeat(64), bounds: BOUNDS, scale: 1 })
  })

  it('is none for the first picture', async () => {
    const store = await emptyStore()
    store.dispatch(place('a'))
    expect(findPictureBefore(store, store.getState().headId)).toBeNull()
  })
})
