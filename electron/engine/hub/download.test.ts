import { createHash, randomBytes } from 'node:crypto'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { WantedFile } from '../installs/install-record.ts'
import { makeTestFolder } from '../testing/engine-under-test.ts'
import { startHubServer, type HubServer } from '../testing/hub-server.ts'
import { countParts, downloadFiles, PART_BYTES } from './download.ts'
import { HubClient } from './hub-client.ts'
import { PartsLog } from './parts-log.ts'

/** Two whole parts and a bit. */
const LARGE = randomBytes(2 * PART_BYTES + 1000)
const FILES = new Map([['weights/large.safetensors', LARGE], ['config.json', Buffer.from('{}')], ['empty.txt', Buffer.alloc(0)]])

async function prepare(files: ReadonlyMap<string, Buffer> = FILES) {
  const server = await startHubServer(files)
  const hub = new HubClient({ endpoint: server.url, proxy: null })
  onTestFinished(async () => {
    await hub.dispose()
    await server.close()
  })
  const listing = await hub.lookUp('owner/tiny', 'main', AbortSignal.timeout(60_000))
  const folder = await makeTestFolder()
  return { server, hub, folder, ...listing }
}

type Prepared = Awaited<ReturnType<typeof prepare>>

async function download({ hub, folder, commit, files }: Prepared, signal = new AbortController().signal) {
  const received: number[] = []
  const offline: boolean[] = []
  const log = await PartsLog.open(join(folder, 'parts.log'))
  try {
    await downloadFiles({
      hub, repository: 'owner/tiny', commit, files, folder, log, signal,
      onBytes: (bytes) => received.push(bytes), onOffline: (isOffline) => offline.push(isOffline),
    })
  } finally {
    await log.close()
  }
  return { received, offline }
}

/** The first few answers for a file are spoilt. */
function spoil(server: HubServer, file: string, trouble: ReturnType<HubServer['trouble']>, count: number): void {
  let left = count
  server.trouble = (asked) => (asked === file && left-- > 0 ? trouble : undefined)
}

describe('downloading from the Hub', () => {
  it('fetches large files in parts and gives every byte', async () => {
    const prepared = await prepare()
    const { received } = await download(prepared)
    for (const [name, bytes] of FILES) expect((await readFile(join(prepared.folder, name))).equals(bytes)).toBe(true)
    expect(received.at(-1)).toBe(LARGE.length + 2)
    const ranges = prepared.server.asked.filter((asked) => asked.startsWith('weights'))
    expect(ranges).toHaveLength(countParts(prepared.files.find(({ path }) => path.startsWith('weights')) as WantedFile))
    expect(ranges[0]).toBe(`weights/large.safetensors bytes=0-${PART_BYTES - 1}`)
  })

  it('asks for nothing that is there', async () => {
    const prepared = await prepare()
    await download(prepared)
    prepared.server.asked.length = 0
    await download(prepared)
    expect(prepared.server.asked).toEqual([])
  })

  it('goes on after it was ended, with the parts that are missing', async () => {
    const prepared = await prepare()
    const stopping = new AbortController()
    prepared.server.trouble = () => {
      // What is asked for first arrives; the rest is never answered to the end.
      if (prepared.server.asked.length > 2) stopping.abort()
      return undefined
    }
    await expect(download(prepared, stopping.signal)).rejects.toThrow()
    const log = await open(join(prepared.folder, 'parts.log'), 'a')
    await log.write('part 7 weigh').finally(() => log.close())
    prepared.server.trouble = () => undefined
    await download(prepared)
    expect((await readFile(join(prepared.folder, 'weights/large.safetensors'))).equals(LARGE)).toBe(true)
  })

  it('keeps what a broken connection brought', async () => {
    const prepared = await prepare()
    spoil(prepared.server, 'weights/large.safetensors', 'break', 1)
    const { received } = await download(prepared)
    expect(received.at(-1)).toBe(LARGE.length + 2)
    const starts = prepared.server.asked.map((asked) => Number(/bytes=(\d+)/.exec(asked)?.[1] ?? 0))
    expect(starts.some((start) => start % PART_BYTES !== 0)).toBe(true)
    expect((await readFile(join(prepared.folder, 'weights/large.safetensors'))).equals(LARGE)).toBe(true)
  })

  it('waits as long as a busy server asks, says that it waits, and goes on', async () => {
    const prepared = await prepare(new Map([['config.json', Buffer.from('{}')]]))
    spoil(prepared.server, 'config.json', { status: 429, headers: { 'retry-after': '0' } }, 5)
    const { offline } = await download(prepared)
    expect(offline.at(-1)).toBe(false)
    expect(offline).toContain(true)
  })

  it('fetches a file again whose bytes are wrong', async () => {
    const prepared = await prepare()
    spoil(prepared.server, 'config.json', 'garble', 1)
    await download(prepared)
    expect(await readFile(join(prepared.folder, 'config.json'), 'utf8')).toBe('{}')
  })

  it('gives up on a file whose bytes are wrong twice', async () => {
    const prepared = await prepare()
    spoil(prepared.server, 'weights/large.safetensors', 'garble', 100)
    await expect(download(prepared)).rejects.toMatchObject({ code: 'download-damaged', message: expect.stringContaining('large') as string })
    expect((await stat(join(prepared.folder, 'config.json'))).size).toBe(2)
  })
})

describe('looking a repository up', () => {
  const lookUp = async (repository: string, trouble?: ReturnType<HubServer['trouble']>) => {
    const { hub, server } = await prepare()
    server.trouble = () => trouble
    return hub.lookUp(repository, 'main', new AbortController().signal)
  }

  it('tells the checksum of every file', async () => {
    const { files } = await lookUp('owner/tiny')
    expect(files.map(({ checksum }) => checksum.kind)).toEqual(['sha256', 'git-blob', 'git-blob'])
    expect(files[0]!.checksum.hex).toBe(createHash('sha256').update(LARGE).digest('hex'))
    // git hash-object of an empty file
    expect(files[2]!.checksum.hex).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391')
  })

  it.each<[string, string, Parameters<typeof lookUp>]>([
    ['is not there', 'repository-not-found', ['owner/other']],
    ['has no such revision', 'repository-not-found', ['owner/tiny', { status: 404, headers: { 'x-error-code': 'RevisionNotFound' } }]],
    ['is closed', 'repository-closed', ['owner/tiny', { status: 401, headers: { 'x-error-code': 'GatedRepo' } }]],
    ['cannot be asked for', 'network-lost', ['owner/tiny', { status: 418 }]],
  ])('says so where it %s', async (_, code, asked) => {
    await expect(lookUp(...asked)).rejects.toMatchObject({ code })
  })

  it.each(['../outside.json', '/etc/passwd', 'a\\..\\b', 'C:/x', 'a/../b', 'a//b'])('refuses a repository with a file named %s', async (name) => {
    await expect(prepare(new Map([[name, Buffer.from('x')]]))).rejects.toMatchObject({ code: 'model-unsafe' })
  })
})
