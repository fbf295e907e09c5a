import type { About } from '../../electron/api/about.ts'
import type { DocumentSummary, DocumentView, LogLine, OpenedDocument } from '../../electron/api/documents.ts'
import type { EditRequestInput } from '../../electron/api/edits.ts'
import type { PixelRect } from '../../electron/api/geometry.ts'
import type { BlobHash, ExportOptions, ImageId, ImportedImage, TileImage } from '../../electron/api/images.ts'
import type { Job, Receipt } from '../../electron/api/jobs.ts'
import type { PackSummary, PackVerification, PromptCheck } from '../../electron/api/packs.ts'
import type { Settings } from '../../electron/api/settings.ts'
import type { EngineFetch } from './engine-request.ts'

export interface PlacedCandidate {
  readonly imageId: ImageId
  readonly bounds: PixelRect
  readonly receipt: Receipt | null
}

/** RGB, 8 bits, interleaved. */
export interface PreviewRaster {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** A picture's bytes, as the browser has them. */
export interface NamedFile {
  readonly name: string
  readonly bytes: Blob
}

/** The engine's routes as functions. Every one throws `EngineError` and nothing else. */
export type EngineClient = ReturnType<typeof createEngineClient>

/** @param apiUrl  ends in `/api/`. */
export function createEngineClient(apiUrl: string, send: EngineFetch) {
  const at = (path: string) => new URL(path, apiUrl).href
  const json = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body), headers: JSON_HEADERS }
    const response = await send(at(path), init)
    return (response.status === 204 ? undefined : await response.json()) as T
  }
  const upload = async <T>(path: string, bytes: Blob | Uint8Array<ArrayBuffer>): Promise<T> => {
    // Electron's protocol handler takes plain buffers best (stack notes: streamed bodies have had bugs there).
    const body = bytes instanceof Blob ? await bytes.arrayBuffer() : bytes
    return (await send(at(path), { method: 'POST', body, headers: BYTE_HEADERS })).json() as Promise<T>
  }

  return {
    eventsUrl: (windowId: string) => at(`events?window=${encodeURIComponent(windowId)}`),
    thumbnailUrl: ({ id, picture }: DocumentSummary) => at(`documents/${id}/thumbnail?v=${picture ?? ''}`),

    getAbout: () => json<About>('GET', 'about'),
    getSettings: () => json<Settings>('GET', 'settings'),
    putSettings: (settings: Settings) => json<Settings>('PUT', 'settings', settings),

    listDocuments: () => json<DocumentSummary[]>('GET', 'documents'),
    createDocument: (name?: string) => json<DocumentSummary>('POST', 'documents', name === undefined ? {} : { name }),
    renameDocument: (id: string, name: string) => json<DocumentSummary>('PATCH', `documents/${id}`, { name }),
    deleteDocument: (id: string) => json<void>('DELETE', `documents/${id}`),
    duplicateDocument: (id: string) => json<DocumentSummary>('POST', `documents/${id}/duplicate`),
    openDocument: (id: string) => json<OpenedDocument>('POST', `documents/${id}/open`),
    closeDocument: (id: string) => json<void>('POST', `documents/${id}/close`),
    appendLine: (id: string, line: LogLine) => json<void>('POST', `documents/${id}/lines`, line),
    putView: (id: string, view: DocumentView) => json<void>('PUT', `documents/${id}/view`, view),

    importPicture: ({ name, bytes }: NamedFile) =>
      upload<ImportedImage>(`images?name=${encodeURIComponent(name)}`, bytes),
    importChosenFile: (fileId: string) => json<ImportedImage>('POST', `files/${fileId}/image`),
    getImage: (id: ImageId) => json<TileImage>('GET', `images/${id}`),
    cropImage: (id: ImageId, rect: PixelRect) => json<{ imageId: ImageId }>('POST', `images/${id}/crop`, { rect }),
    getTile: async (id: ImageId, level: number, key: string) =>
      new Uint8Array(await (await send(at(`images/${id}/tiles/${level}/${encodeURIComponent(key)}`))).arrayBuffer()),

    putBlob: (bytes: Uint8Array<ArrayBuffer>) => upload<{ hash: BlobHash }>('blobs', bytes),
    putTileImage: (image: TileImage) => json<{ imageId: ImageId }>('POST', 'tile-images', image),
    importMask: ({ x, y, width, height }: PixelRect, bytes: Blob) =>
      upload<{ imageId: ImageId }>(`masks?x=${x}&y=${y}&width=${width}&height=${height}`, bytes),
    exportMask: async (id: ImageId) => (await send(at(`masks/${id}/export`), { method: 'POST' })).blob(),
    /** The file's bytes; empty where `fileId` names the place it was written to. */
    exportPicture: async (options: ExportOptions) =>
      (await send(at('exports'), { method: 'POST', body: JSON.stringify(options), headers: JSON_HEADERS })).blob(),

    getJob: (id: string) => json<Job>('GET', `jobs/${id}`),
    startJob: (documentId: string | null, request: EditRequestInput) => json<Job>('POST', 'jobs', { documentId, request }),
    cancelJob: (id: string, keep: boolean) => json<Job>('DELETE', keep ? `jobs/${id}?keep=true` : `jobs/${id}`),
    retryJob: (id: string) => json<Job>('POST', `jobs/${id}/retry`),
    getPreview: async (jobId: string, index: number): Promise<PreviewRaster> => {
      const response = await send(at(`jobs/${jobId}/previews/${index}`), { cache: 'no-store' })
      return {
        width: Number(response.headers.get('remask-width')),
        height: Number(response.headers.get('remask-height')),
        data: new Uint8Array(await response.arrayBuffer()),
      }
    },
    placeCandidate: (jobId: string, index: number, imageId: ImageId) =>
      json<PlacedCandidate>('POST', `jobs/${jobId}/candidates/${index}/place`, { imageId }),

    listPacks: () => json<PackSummary[]>('GET', 'packs'),
    verifyPack: (id: string) => json<PackVerification>('POST', `packs/${id}/verify`),
    checkPrompt: (packId: string, prompt: string) => json<PromptCheck>('POST', `packs/${packId}/check-prompt`, { prompt }),
    loadPack: (id: string) => json<void>('POST', `packs/${id}/load`),
  }
}

const JSON_HEADERS = { 'content-type': 'application/json' }
const BYTE_HEADERS = { 'content-type': 'application/octet-stream' }
