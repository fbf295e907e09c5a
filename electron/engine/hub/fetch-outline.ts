import { mkdir, open, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { WantedFile } from '../installs/install-record.ts'
import type { HubClient, HubListing } from './hub-client.ts'
import { tryRepeatedly } from './transient-failure.ts'

/** Configs, tokenizers, cards: CLIP's vocabulary has 1 MB. */
const MAX_TEXT_BYTES = 8 * 2 ** 20
/** What is fetched of a file of weights at first; the headers of aMUSEd have up to 90 KB. */
const HEAD_BYTES = 2 ** 18
/** A longer header is no header. */
const MAX_HEADER_BYTES = 16 * 2 ** 20
/** Of the text files and weights in a repository; a published pipeline has about 20. */
const MAX_FILE_COUNT = 200

const isText = ({ path: name, bytes }: WantedFile) => /\.(json|txt|md)$/i.test(name) && bytes <= MAX_TEXT_BYTES
const isWeights = ({ path: name }: WantedFile) => name.endsWith('.safetensors')
const isPickle = ({ path: name }: WantedFile) => /\.(bin|pth|pt|ckpt|pkl|pickle)$/i.test(name)
/** In the repository's folder or in a folder of it, as pipelines are laid out. */
const isShallow = ({ path: name }: WantedFile) => name.split('/').length <= 2 && !name.split('/').some((part) => part.startsWith('.'))

export interface Outline extends HubListing {
  /** The files that were fetched whole. */
  readonly texts: readonly WantedFile[]
}

/**
 * Fetches as much of a repository as tells what it is: its small text files, and the headers of its weights in files of the
 * full size, which take no space. What is pickled stands there as an empty file, so that it can be refused by name.
 *
 * @param folder  absolute; made.
 */
export async function fetchOutline(
  hub: HubClient, { repository, revision }: { repository: string; revision: string }, folder: string, signal: AbortSignal,
): Promise<Outline> {
  const retrying = <T>(attempt: () => Promise<T>) => tryRepeatedly(attempt, signal)
  const listing = await retrying(() => hub.lookUp(repository, revision, signal))
  const shallow = listing.files.filter(isShallow)
  const texts = shallow.filter(isText).slice(0, MAX_FILE_COUNT)
  const read = (file: WantedFile, end: number) =>
    retrying(async () => {
      const chunks: Uint8Array[] = []
      for await (const chunk of hub.read({ repository, commit: listing.commit, ...file }, 0, end, signal)) chunks.push(chunk)
      return Buffer.concat(chunks)
    })
  await mkdir(folder, { recursive: true })
  for (const file of texts) await writeFile(await placeOf(folder, file), await read(file, file.bytes))
  for (const file of shallow.filter(isWeights).slice(0, MAX_FILE_COUNT)) {
    await writeSparsely(await placeOf(folder, file), await readHeader(read, file), file.bytes)
  }
  for (const file of shallow.filter(isPickle)) await writeFile(await placeOf(folder, file), '')
  return { ...listing, texts }
}

async function readHeader(read: (file: WantedFile, end: number) => Promise<Buffer>, file: WantedFile): Promise<Uint8Array> {
  const head = await read(file, Math.min(HEAD_BYTES, file.bytes))
  if (head.length < 8) return head
  const end = 8 + Number(head.readBigUInt64LE(0))
  if (end <= head.length || end > MAX_HEADER_BYTES || end > file.bytes) return head
  return read(file, end)
}

async function writeSparsely(target: string, head: Uint8Array, bytes: number): Promise<void> {
  const handle = await open(target, 'w')
  try {
    await handle.writeFile(head)
    await handle.truncate(bytes)
  } finally {
    await handle.close()
  }
}

async function placeOf(folder: string, { path: name }: WantedFile): Promise<string> {
  const target = path.join(folder, ...name.split('/'))
  await mkdir(path.dirname(target), { recursive: true })
  return target
}
