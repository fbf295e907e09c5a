import { hc, type ClientResponse } from 'hono/client'
import type { Analysis, AnalysisRequestInput, AnalysisResult } from '../../electron/api/analyses.ts'
import type { DocumentSummary, DocumentView, LogLine, OpenedDocument } from '../../electron/api/documents.ts'
import type { Composition } from '../../electron/api/compositions.ts'
import type { EditRequestInput } from '../../electron/api/edits.ts'
import type { PixelRect } from '../../electron/api/geometry.ts'
import type { ExportOptions, ImageId, TileImage } from '../../electron/api/images.ts'
import type { Install, InstallRequest, ModelSource } from '../../electron/api/installs.ts'
import type { Job } from '../../electron/api/jobs.ts'
import type { AdapterRequest, PackSummary } from '../../electron/api/packs.ts'
import type { Pin } from '../../electron/api/pins.ts'
import type { Crop } from '../../electron/api/token-cells.ts'
import type { Settings } from '../../electron/api/settings.ts'
import type { App } from '../../electron/engine/app.ts'
import type { EngineFetch } from './engine-request.ts'

/** RGB, 8 bits, interleaved. */
export interface PreviewRaster {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
  /** Decode steps of the candidate before it, where it is one that forms. */
  readonly step?: number
}

/** Every decode step's tokens of a candidate: see `Candidate.trail`. */
export interface Trail {
  readonly rows: number
  readonly columns: number
  readonly stepCount: number
  readonly tokens: Uint16Array
}

/** A picture's tokens, and where their cells lie in the document. */
export interface PictureTokens {
  readonly crop: Crop
  readonly tokens: Uint16Array
}

export interface Codebook {
  readonly width: number
  /** [codes × width] */
  readonly vectors: Float32Array
}

/** A picture's bytes, as the browser has them. */
export interface NamedFile {
  readonly name: string
  readonly bytes: Blob
}

/** The engine's routes as functions. Every one throws `EngineError` and nothing else. */
export type EngineClient = ReturnType<typeof createEngineClient>

/** @param baseUrl  the page's own address: the routes lie below it, in `api/`. */
export function createEngineClient(baseUrl: string, send: EngineFetch) {
  const { api } = hc<App>(baseUrl, { fetch: send })
  return {
    ...createDocumentRoutes(api),
    ...createPictureRoutes(api),
    ...createJobRoutes(api),
    ...createPackRoutes(api),
    ...createInstallRoutes(api),
    ...createAnalysisRoutes(api),
    ...createTokenRoutes(api),

    eventsUrl: (windowId: string) => api.events.$url({ query: { window: windowId } }).href,
    getAbout: () => read(api.about.$get()),
    getSettings: () => read(api.settings.$get()),
    putSettings: (settings: Settings) => read(api.settings.$put({ json: settings })),
  }
}

type Routes = ReturnType<typeof hc<App>>['api']

function createDocumentRoutes({ documents }: Routes) {
  const one = documents[':id']
  return {
    thumbnailUrl: ({ id, picture }: DocumentSummary) => `${one.thumbnail.$url({ param: { id } }).href}?v=${picture ?? ''}`,
    listDocuments: () => read(documents.$get()),
    createDocument: (name?: string) => read(documents.$post({ json: name === undefined ? {} : { name } })),
    renameDocument: (id: string, name: string) => read(one.$patch({ param: { id }, json: { name } })),
    deleteDocument: (id: string) => finish(one.$delete({ param: { id } })),
    duplicateDocument: (id: string) => read(one.duplicate.$post({ param: { id } })),
    // Log lines hold commands the engine does not know, which the client's types cannot carry across JSON.
    openDocument: async (id: string) => (await (await one.open.$post({ param: { id } })).json()) as OpenedDocument,
    closeDocument: (id: string) => finish(one.close.$post({ param: { id } })),
    appendLine: (id: string, line: LogLine) => finish(one.lines.$post({ param: { id }, json: line })),
    putView: (id: string, view: DocumentView) => finish(one.view.$put({ param: { id }, json: view })),
  }
}

function createPictureRoutes({ images, files, blobs, masks, exports, 'tile-images': tileImages }: Routes) {
  const rectQuery = ({ x, y, width, height }: PixelRect) => ({
    query: { x: String(x), y: String(y), width: String(width), height: String(height) },
  })
  return {
    importPicture: async ({ name, bytes }: NamedFile) => read(images.$post({ query: { name } }, await withBody(bytes))),
    importChosenFile: (fileId: string) => read(files[':fileId'].image.$post({ param: { fileId } })),
    getImage: (id: ImageId) => read(images[':id'].$get({ param: { id } })),
    hasGps: async (id: ImageId) => (await read(images[':id'].gps.$get({ param: { id } }))).hasGps,
    cropImage: (id: ImageId, rect: PixelRect) => read(images[':id'].crop.$post({ param: { id }, json: { rect } })),
    getTile: async (id: ImageId, level: number, key: string) => {
      const answer = await images[':id'].tiles[':level'][':key'].$get({ param: { id, level: String(level), key } })
      return new Uint8Array(await answer.arrayBuffer())
    },

    putBlob: async (bytes: Uint8Array<ArrayBuffer>) => read(blobs.$post({}, await withBody(bytes))),
    putTileImage: (image: TileImage) => read(tileImages.$post({ json: image })),
    importMask: async (rect: PixelRect, bytes: Blob) => read(masks.$post(rectQuery(rect), await withBody(bytes))),
    importChosenMask: (rect: PixelRect, fileId: string) =>
      read(masks['from-file'][':fileId'].$post({ param: { fileId }, ...rectQuery(rect) })),
    /** The file's bytes; empty where `fileId` names the place it was written to. So is `exportPicture`'s answer. */
    exportMask: async (id: ImageId, fileId: string | null): Promise<Blob> =>
      (await masks[':id'].export.$post({ param: { id }, query: fileId === null ? {} : { fileId } })).blob(),
    exportPicture: async (options: ExportOptions): Promise<Blob> => (await exports.$post({ json: options })).blob(),
  }
}

function createJobRoutes({ jobs }: Routes) {
  const one = jobs[':id']
  return {
    getJob: (id: string): Promise<Job> => read(one.$get({ param: { id } })),
    startJob: (documentId: string | null, request: EditRequestInput): Promise<Job> =>
      read(jobs.$post({ json: { documentId, request } })),
    cancelJob: (id: string, isKept: boolean): Promise<Job> =>
      read(one.$delete({ param: { id }, query: { keep: String(isKept) } })),
    retryJob: (id: string): Promise<Job> => read(one.retry.$post({ param: { id } })),
    /** undefined where the candidate no longer forms. */
    getPreview: async (id: string, index: number): Promise<PreviewRaster | undefined> => {
      const answer = await one.previews[':index'].$get({ param: { id, index: String(index) } })
      if (answer.status === 204) return undefined
      return {
        width: Number(answer.headers.get('remask-width')),
        height: Number(answer.headers.get('remask-height')),
        data: new Uint8Array(await answer.arrayBuffer()),
        step: Number(answer.headers.get('remask-step')),
      }
    },
    /** null where nothing like it has run on this machine. */
    estimateSeconds: async (request: EditRequestInput): Promise<number | null> =>
      (await read(jobs.estimate.$post({ json: { request } }))).seconds,
    pinCells: (id: string, index: number, pins: Pin[]) =>
      finish(one.candidates[':index'].pins.$post({ param: { id, index: String(index) }, json: { pins } })),
    getTrail: async (id: string, index: number): Promise<Trail> => {
      const answer = await one.candidates[':index'].trail.$get({ param: { id, index: String(index) } })
      const number = numbersOf(answer)
      const tokens = new Uint16Array(await answer.arrayBuffer())
      return { rows: number('rows'), columns: number('columns'), stepCount: number('steps'), tokens }
    },
    /** What a candidate showed after a decode step. */
    getStep: async (id: string, index: number, step: number): Promise<PreviewRaster> => {
      const param = { id, index: String(index), step: String(step) }
      const answer = await one.candidates[':index'].steps[':step'].$get({ param })
      const number = numbersOf(answer)
      return { width: number('width'), height: number('height'), data: new Uint8Array(await answer.arrayBuffer()) }
    },
    /** What a run starts with that settles candidates painted over each other. */
    composeCandidates: (id: string, composition: Composition) => read(one.compositions.$post({ param: { id }, json: composition })),
    placeCandidate: (id: string, index: number, imageId: ImageId) =>
      read(one.candidates[':index'].place.$post({ param: { id, index: String(index) }, json: { imageId } })),
  }
}

function createPackRoutes({ packs }: Routes) {
  const one = packs[':id']
  return {
    listPacks: () => read(packs.$get()),
    styleThumbnailUrl: ({ id, version }: PackSummary, index: number) =>
      `${one.styles[':index'].thumbnail.$url({ param: { id, index: String(index) } }).href}?v=${version}`,
    verifyPack: (id: string) => read(one.verify.$post({ param: { id } })),
    checkPrompt: (id: string, prompt: string) => read(one['check-prompt'].$post({ param: { id }, json: { prompt } })),
    loadPack: (id: string) => finish(one.load.$post({ param: { id } })),
    choosePrecision: (id: string, choice: string) => read(one.precision.$put({ param: { id }, json: { choice } })),
    addAdapter: (id: string, request: AdapterRequest) => read(one.adapters.$post({ param: { id }, json: request })),
    removeAdapter: (id: string, adapterId: string) => read(one.adapters[':adapterId'].$delete({ param: { id, adapterId } })),
    getPackCard: (id: string) => read(one.card.$get({ param: { id } })),
    getPackFolder: (id: string) => read(one.folder.$post({ param: { id } })),
    removePack: (id: string) => finish(one.$delete({ param: { id } })),
  }
}

function createInstallRoutes({ installs }: Routes) {
  const one = installs[':id']
  return {
    inspectModel: (source: ModelSource) => read(installs.inspect.$post({ json: { source } })),
    startInstall: (request: InstallRequest) => read(installs.$post({ json: request })),
    pauseInstall: (id: string): Promise<Install> => read(one.pause.$post({ param: { id } })),
    resumeInstall: (id: string): Promise<Install> => read(one.resume.$post({ param: { id } })),
    cancelInstall: (id: string): Promise<Install> => read(one.$delete({ param: { id } })),
  }
}

function createAnalysisRoutes({ analyses }: Routes) {
  const one = analyses[':id']
  return {
    startAnalysis: (request: AnalysisRequestInput): Promise<Analysis> => read(analyses.$post({ json: request })),
    getAnalysis: (id: string): Promise<Analysis> => read(one.$get({ param: { id } })),
    getAnalysisResult: (id: string): Promise<AnalysisResult> => read(one.result.$get({ param: { id } })),
    cancelAnalysis: (id: string) => finish(one.$delete({ param: { id } })),
  }
}

function createTokenRoutes({ tokens }: Routes) {
  const pack = tokens[':packId']
  return {
    getPictureTokens: async (packId: string, imageId: ImageId): Promise<PictureTokens> => {
      const answer = await pack.pictures[':imageId'].$get({ param: { packId, imageId } })
      const number = numbersOf(answer)
      const crop = { x: number('x'), y: number('y'), cellSize: number('cell-size'), rows: number('rows'), columns: number('columns') }
      return { crop, tokens: new Uint16Array(await answer.arrayBuffer()) }
    },
    getCodebook: async (packId: string): Promise<Codebook> => {
      const answer = await pack.codebook.$get({ param: { packId } })
      return { width: numbersOf(answer)('width'), vectors: new Float32Array(await answer.arrayBuffer()) }
    },
    /** [codes × 3], RGB. */
    getColours: async (packId: string): Promise<Uint8Array> =>
      new Uint8Array(await (await pack.colours.$get({ param: { packId } })).arrayBuffer()),
  }
}

/** The sizes of a raw answer. */
function numbersOf({ headers }: { headers: Headers }): (name: string) => number {
  return (name) => Number(headers.get(`remask-${name}`))
}

/** The JSON of an answer. Only good answers come: `createEngineFetch` throws for the others. */
async function read<T>(answer: Promise<ClientResponse<T>>): Promise<T> {
  return (await (await answer).json()) as T
}

async function finish(answer: Promise<unknown>): Promise<void> {
  await answer
}

/** A body of plain bytes. Electron's protocol handler takes whole buffers best: streamed bodies have had bugs there. */
async function withBody(bytes: Blob | Uint8Array<ArrayBuffer>): Promise<{ init: RequestInit }> {
  const body = bytes instanceof Blob ? await bytes.arrayBuffer() : bytes
  return { init: { body, headers: { 'content-type': 'application/octet-stream' } } }
}
