import { familyOf } from '../../../models/families/families.ts'
import type { PromptReader } from '../../../models/runtime/text-encoder.ts'
import type { InstalledPack } from './found-packs.ts'

/** Opens packs' text tokenizers once: a vocabulary takes a tenth of a second to read. */
export function createPromptReaders(): (installed: InstalledPack) => Promise<PromptReader> {
  const readers = new Map<string, Promise<PromptReader>>()
  return ({ pack, folder }) => {
    // Another model may have been put where this one was.
    const key = JSON.stringify([folder, pack.files])
    const reader = readers.get(key) ?? familyOf(pack).readPrompts(pack, folder)
    readers.set(key, reader)
    reader.catch(() => readers.delete(key))
    return reader
  }
}
