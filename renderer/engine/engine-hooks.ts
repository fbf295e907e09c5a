import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { ImageId } from '../../electron/api/images.ts'
import type { Install } from '../../electron/api/installs.ts'
import type { Job, ModelState } from '../../electron/api/jobs.ts'
import type { PackSummary } from '../../electron/api/packs.ts'
import type { PreviewRaster } from './engine-client.ts'
import { useEngine } from './engine-context.tsx'
import type { Connection } from './event-stream.ts'
import { previewKey } from './job-store.ts'
import { selectPack, type LibraryState } from './library-store.ts'

export function useJob(jobId: string | null): Job | null {
  return useStore(useEngine().jobs, (state) => (jobId === null ? null : (state.jobs[jobId] ?? null)))
}

export function usePreview(jobId: string, index: number): PreviewRaster | null {
  return useStore(useEngine().jobs, (state) => state.previews[previewKey(jobId, index)] ?? null)
}

/** Whether a picture's metadata say where it was taken; false until that is known. */
export function useHasGps(imageId: ImageId | null): boolean {
  const { client } = useEngine()
  const [hasGps, setHasGps] = useState(false)
  useEffect(() => {
    let isShown = true
    const set = (known: boolean) => isShown && setHasGps(known)
    if (imageId !== null) void client.hasGps(imageId).then(set, () => set(true))
    return () => void (isShown = false)
  }, [client, imageId])
  return hasGps
}

export function useModelState(): ModelState {
  return useStore(useEngine().jobs, (state) => state.model)
}

export function useConnection(): Connection {
  return useStore(useEngine().jobs, (state) => state.connection)
}

export function useLibrary<T>(select: (state: LibraryState) => T): T {
  return useStore(useEngine().library, select)
}

/** The pack that edits use; null while none is known. */
export function usePack(): PackSummary | null {
  return useLibrary(selectPack)
}

/** Models on their way to becoming packs, oldest first. */
export function useInstalls(): readonly Install[] {
  return useStore(useEngine().installs, (state) => state.installs)
}
