import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toDiskError } from '../../api/disk-problems.ts'
import { makeTestFolder } from '../testing/engine-under-test.ts'
import { startHubServer, type HubServer } from '../testing/hub-server.ts'
import { downloadFiles, PART_BYTES } from './download.ts'
import { HubClient } from './hub-client.ts'
import { PartsLog } from './parts-log.ts'

/** Three parts; the disk has room for two. */
const LARGE = randomBytes(2 * PART_BYTES + 5000)
const FILES = new Map([['weights/large.safetensors', LARGE]])
const DISK_BYTES = 2 * PART_BYTES + 2 ** 20
const FILLER_BYTES = 2 ** 20

/** Only an administrator may mount a disk of a size that suits a test. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryToMount()

function tryToMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.runIf(canMount)('a disk that is full in the middle of a download', () => {
  let server: HubServer
  let hub: HubClient
  let disk: string
  beforeEach(async () => {
    server = await startHubServer(FILES)
    hub = new HubClient({ endpoint: server.url, proxy: null })
    disk = await makeTestFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'none', disk])
  })
  afterEach(async () => {
    execFileSync('umount', ['--lazy', disk])
    await hub.dispose()
    await server.close()
  })

  const download = async () => {
    const { commit, files } = await hub.lookUp('owner/tiny', 'main', AbortSignal.timeout(20_000))
    const log = await PartsLog.open(join(disk, 'parts.log'))
    try {
      await downloadFiles({
        hub, repository: 'owner/tiny', commit, files, folder: join(disk, 'model'), log, signal: AbortSignal.timeout(60_000),
        onBytes: () => {}, onOffline: () => {},
      })
    } finally {
      await log.close()
    }
  }

  it('is told of as such, and what was fetched is not fetched again once there is room', async () => {
    await writeFile(join(disk, 'filler'), Buffer.alloc(FILLER_BYTES))
    await expect(download().catch((thrown: unknown) => Promise.reject(toDiskError(thrown)))).rejects.toMatchObject({ code: 'disk-full' })
    const askedBefore = server.asked.length
    await rm(join(disk, 'filler'))
    await download()
    expect((await readFile(join(disk, 'model/weights/large.safetensors'))).equals(LARGE)).toBe(true)
    // Two of the three parts had arrived; at most the one that had not, and pieces of those cut off, are asked for.
    const again = server.asked.slice(askedBefore)
    expect(again.length).toBeGreaterThan(0)
    expect(again.length).toBeLessThan(3)
  })
})
