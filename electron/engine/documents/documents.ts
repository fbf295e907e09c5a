import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  documentViewSchema,
  type DocumentSummary,
  type DocumentView,
  type LogLine,
  type OpenedDocument,
} from '../../api/documents.ts'
import { EngineError } from '../../api/errors.ts'
import {
  describeDamage,
  DOCUMENT_OPEN_ELSEWHERE,
  nameCopy,
  UNKNOWN_DOCUMENT,
  UNTITLED_DOCUMENT,
} from '../../api/strings/storage.ts'
import { writeFileAtomically } from '../storage/atomic-file.ts'
import { unlessMissing, writing } from '../storage/disk-errors.ts'
import { listFolders } from '../storage/list-folders.ts'
import { measureDocument, type DiskUseStores } from '../storage/disk-use.ts'
import type { DocumentJobs } from './document-jobs.ts'
import { openDocumentLog, summarizeLog, type DocumentLog } from './document-log.ts'
import { createTurns } from '../pacing/turns.ts'

/**
 * The documents of a data folder: `documents/<id>/{document.json, log.ndjson, view.json, jobs/}`. `window` is the name of
 * a renderer's window; a document is open in one window at a time. Throws EngineError `not-found`,
 * `document-open-elsewhere`, `disk-full`, `disk-read-only`.
 */
export interface Documents {
  /** Newest first. */
  list(): Promise<DocumentSummary[]>
  create(name?: string): Promise<DocumentSummary>
  get(documentId: string): Promise<DocumentSummary>
  has(documentId: string): Promise<boolean>
  rename(documentId: string, name: string): Promise<DocumentSummary>
  duplicate(documentId: string): Promise<DocumentSummary>
  /** Refused while another window has it open. */
  delete(documentId: string, window?: string): Promise<void>
  open(documentId: string, window: string): Promise<OpenedDocument>
  close(documentId: string, window: string): Promise<void>
  /** Releases all documents of a window: its event stream has ended. */
  releaseWindow(window: string): Promise<void>
  append(documentId: string, window: string, line: LogLine): Promise<void>
  saveView(documentId: string, window: string, view: DocumentView): Promise<void>
  /** Whether a window may hold lines that could not be written yet: what they name is in no file. */
  hasUnsaved(): boolean
  /** Releases all. */
  dispose(): Promise<void>
}

export interface DocumentsOptions extends DiskUseStores {
  readonly jobs: DocumentJobs
  /** Called after a document was deleted: its blobs may have become useless. */
  readonly onDelete: () => void
}

/** `document.json`: what of a document is not in its log. */
const recordSchema = z.object({ name: z.string(), createdAt: z.iso.datetime() })
type DocumentRecord = z.infer<typeof recordSchema>

/** Before an id, the name of a folder that is being made or deleted; one that is found at start is removed. */
const UNFINISHED_PREFIX = '.'

/**
 * After a write failed its page writes its lines again one by one, and between two of them nothing else tells that more
 * are to come. A page in the background is woken once a minute to do so.
 */
const REPEATING_MS = 120_000

export async function openDocuments(options: DocumentsOptions): Promise<Documents> {
  await writing(() => removeUnfinished(options.paths.documents))
  return new DocumentFolders(options)
}

class DocumentFolders implements Documents {
  readonly #options: DocumentsOptions
  /** Which window holds a document, and its log. */
  readonly #held = new Map<string, { window: string; log: DocumentLog }>()
  /** By document: a log is never opened while the window before is still closing it. */
  readonly #takeTurns = createTurns()
  #lastFailureMs = -Infinity

  constructor(options: DocumentsOptions) {
    this.#options = options
  }

  async list(): Promise<DocumentSummary[]> {
    const names = await listFolders(this.#options.paths.documents)
    const found = await Promise.all(names.map((id) => this.#find(id)))
    return found.flat().sort((a, b) => (a.modifiedAt < b.modifiedAt ? 1 : -1))
  }

  /** A document that cannot be read does not hide the others; one that is being deleted is gone. */
  async #find(id: string): Promise<DocumentSummary[]> {
    try {
      return (await this.has(id)) ? [await this.get(id)] : []
    } catch (error) {
      if (await this.has(id).catch(() => true)) console.error(`The document ${id} cannot be read.`, error)
      return []
    }
  }

  async get(id: string): Promise<DocumentSummary> {
    await this.#require(id)
    const { name, createdAt } = await this.#readRecord(id)
    const log = await summarizeLog(this.#path(id, 'log.ndjson'))
    const picture = log?.head?.picture ?? null
    const image = picture === null ? undefined : await this.#options.images.get(picture).catch(() => undefined)
    const jobs = await this.#options.jobs.list(id)
    return {
      id,
      name,
      createdAt,
      modifiedAt: log?.modifiedAt ?? createdAt,
      bytes: await measureDocument(id, this.#options),
      bounds: image?.bounds ?? null,
      picture: image ? picture : null,
      hasInterruptedJob: jobs.some((job) => job.state === 'interrupted'),
    }
  }

  async has(id: string): Promise<boolean> {
    if (!isDocumentId(id)) return false
    const isThere = (file: string) => unlessMissing(stat(this.#path(id, file)).then(() => true), false)
    return (await isThere('document.json')) || (await isThere('log.ndjson'))
  }

  async create(name = UNTITLED_DOCUMENT): Promise<DocumentSummary> {
    const id = await this.#make({ name, createdAt: new Date().toISOString() })
    return this.get(id)
  }

  async rename(id: string, name: string): Promise<DocumentSummary> {
    await this.#require(id)
    await this.#takeTurns(id, async () => {
      const record = { ...(await this.#readRecord(id)), name }
      await writing(() => writeFileAtomically(this.#path(id, 'document.json'), JSON.stringify(record)))
    })
    return this.get(id)
  }

  async duplicate(id: string): Promise<DocumentSummary> {
    await this.#require(id)
    const copyId = await this.#takeTurns(id, async () => {
      const { name } = await this.#readRecord(id)
      return this.#make({ name: nameCopy(name), createdAt: new Date().toISOString() }, id)
    })
    await this.#options.jobs.copy(id, copyId)
    return this.get(copyId)
  }

  async delete(id: string, window?: string): Promise<void> {
    await this.#require(id)
    await this.#takeTurns(id, async () => {
      const held = this.#held.get(id)
      if (held && held.window !== window) throw openElsewhere()
      await this.#release(id)
      await this.#options.jobs.drop(id)
      const doomed = this.#path(`${UNFINISHED_PREFIX}${randomUUID()}`)
      await writing(async () => {
        await rename(this.#path(id), doomed)
        await rm(doomed, { recursive: true })
      })
    })
    this.#options.onDelete()
  }

  async open(id: string, window: string): Promise<OpenedDocument> {
    const { lines, damagedLines } = await this.#hold(id, window)
    return {
      summary: await this.get(id),
      lines: [...lines],
      view: await this.#readView(id),
      jobs: await this.#options.jobs.list(id),
      damage: damagedLines.length === 0 ? null : describeDamage(damagedLines.length),
    }
  }

  close(id: string, window: string): Promise<void> {
    return this.#takeTurns(id, async () => {
      if (this.#held.get(id)?.window === window) await this.#release(id)
    })
  }

  async releaseWindow(window: string): Promise<void> {
    await Promise.all([...this.#held.keys()].map((id) => this.close(id, window)))
  }

  async append(id: string, window: string, line: LogLine): Promise<void> {
    try {
      const log = await this.#hold(id, window)
      await log.append(line)
    } catch (error) {
      this.#lastFailureMs = Date.now()
      throw error
    }
  }

  async saveView(id: string, window: string, view: DocumentView): Promise<void> {
    await this.#hold(id, window)
    await this.#takeTurns(id, () =>
      writing(() => writeFileAtomically(this.#path(id, 'view.json'), JSON.stringify(view))),
    )
  }

  hasUnsaved(): boolean {
    return Date.now() - this.#lastFailureMs < REPEATING_MS || [...this.#held.values()].some(({ log }) => log.hasFailed)
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#held.keys()].map((id) => this.#takeTurns(id, () => this.#release(id))))
  }

  /** Opens the log for a window. A window that holds it, or comes back after the engine was restarted, goes on with it. */
  async #hold(id: string, window: string): Promise<DocumentLog> {
    await this.#require(id)
    return this.#takeTurns(id, async () => {
      const held = this.#held.get(id)
      if (held && held.window !== window) throw openElsewhere()
      if (held) return held.log
      const log = await openDocumentLog(this.#path(id, 'log.ndjson'))
      this.#held.set(id, { window, log })
      return log
    })
  }

  async #release(id: string): Promise<void> {
    const held = this.#held.get(id)
    this.#held.delete(id)
    await held?.log.close()
  }

  /** Makes a document whole or not at all, with the history of `sourceId` if given. @returns its id. */
  async #make(record: DocumentRecord, sourceId?: string): Promise<string> {
    const id = randomUUID()
    const unfinished = `${UNFINISHED_PREFIX}${id}`
    await writing(async () => {
      await mkdir(this.#path(unfinished))
      for (const file of sourceId === undefined ? [] : ['log.ndjson', 'view.json']) {
        await unlessMissing(copyFile(this.#path(sourceId!, file), this.#path(unfinished, file)), undefined)
      }
      await writeFileAtomically(this.#path(unfinished, 'document.json'), JSON.stringify(record))
      await rename(this.#path(unfinished), this.#path(id))
    })
    return id
  }

  async #readRecord(id: string): Promise<DocumentRecord> {
    const text = await unlessMissing(readFile(this.#path(id, 'document.json'), 'utf8'), '')
    const record = recordSchema.safeParse(parseJson(text))
    if (record.success) return record.data
    // Its history is worth more than its name.
    const { birthtime } = await stat(this.#path(id))
    return { name: UNTITLED_DOCUMENT, createdAt: birthtime.toISOString() }
  }

  async #readView(id: string): Promise<DocumentView | null> {
    const text = await unlessMissing(readFile(this.#path(id, 'view.json'), 'utf8'), '')
    return documentViewSchema.safeParse(parseJson(text)).data ?? null
  }

  async #require(id: string): Promise<void> {
    if (!(await this.has(id))) throw new EngineError('not-found', UNKNOWN_DOCUMENT)
  }

  #path(id: string, file = ''): string {
    return join(this.#options.paths.documents, id, file)
  }
}

async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await listFolders(folder)) {
    // A hidden folder of another name is another program's (`.git`, `.stfolder`).
    const isUnfinished = name.startsWith(UNFINISHED_PREFIX) && isDocumentId(name.slice(UNFINISHED_PREFIX.length))
    if (isUnfinished) await rm(join(folder, name), { recursive: true, force: true })
  }
}

/** Ids come from clients and become names of folders. */
function isDocumentId(name: string): boolean {
  return z.uuid().safeParse(name).success
}

function openElsewhere(): EngineError {
  return new EngineError('document-open-elsewhere', DOCUMENT_OPEN_ELSEWHERE)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
