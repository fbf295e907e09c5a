import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Job } from '../../electron/api/jobs.ts'
import type { DocumentStore, DocumentStoreState } from '../document/document-store.ts'
import type { EditorState, EditorStore } from './editor-store.ts'
import { useJob } from './engine-hooks.ts'
import type { LooksState, LooksStore } from './looks-store.ts'

/** An open document, for the panels. */
export interface DocumentSession {
  readonly id: string
  readonly store: DocumentStore
  /** The store's state for what is drawn around the canvas: heard of after the event that changed it. */
  readonly shown: Pick<DocumentStore, 'getState' | 'getInitialState' | 'subscribe'>
  readonly editor: EditorStore
  readonly looks: LooksStore
}

export const DocumentSessionContext = createContext<DocumentSession | null>(null)

export function useSession(): DocumentSession {
  const session = useContext(DocumentSessionContext)
  if (session === null) throw new Error('useSession outside of DocumentSessionContext')
  return session
}

export function useDocumentState<T>(select: (state: DocumentStoreState) => T): T {
  return useStore(useSession().shown, select)
}

export function useEditorState<T>(select: (state: EditorState) => T): T {
  return useStore(useSession().editor, select)
}

export function useLooks<T>(select: (state: LooksState) => T): T {
  return useStore(useSession().looks, select)
}

/** The job whose candidates lie over the canvas, if any. */
export function useOpenJob(): Job | null {
  return useJob(useDocumentState((state) => state.document.openCandidates?.jobId ?? null))
}
