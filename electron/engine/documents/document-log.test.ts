import { appendFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LogLine } from '../../api/documents.ts'
import { openDocumentLog, summarizeLog } from './document-log.ts'
import { makeTestFolder } from '../testing/engine-under-test.ts'
import { mountFailingDisk } from '../testing/failing-disk.ts'

const AT = '2026-01-01T00:00:00.000Z'
const PICTURE = 'a'.repeat(64)

function command(id: string, parent: string | null, picture: string | null = null): LogLine {
  return { entry: { id, parent, at: AT, picture, command: { type: 'stroke', points: [1, 2, 3] } } }
}

function moveHead(head: string | null): LogLine {
  return { head, at: AT }
}

async function makeLog(...lines: LogLine[]): Promise<string> {
  const path = join(await makeTestFolder(), 'log.ndjson')
  const log = await openDocumentLog(path)
  for (const line of lines) await log.append(line)
  await log.close()
  return path
}

async function reopen(path: string) {
  const log = await openDocumentLog(path)
  await log.close()
  return log
}

test('keeps every line over a restart', async () => {
  const lines = [command('a', null), command('b', 'a'), moveHead('a'), command('c', 'a'), moveHead(null)]
  const path = await makeLog(...lines)
  expect((await reopen(path)).lines).toEqual(lines)
})

test('drops a torn last line at whatever byte it was cut, and goes on behind the whole ones', async () => {
  const path = await makeLog(command('a', null), command('b', 'a'))
  const whole = await readFile(path)
  const firstLineBytes = whole.indexOf('\n') + 1
  for (const cut of [firstLineBytes, firstLineBytes + 1, whole.length - 2, whole.length - 1]) {
    await writeFile(path, whole.subarray(0, cut))
    const log = await openDocumentLog(path)
    expect(log.lines).toEqual([command('a', null)])
    expect(log.damagedLines).toEqual([])
    await log.append(command('c', 'a'))
    await log.close()
    expect((await reopen(path)).lines).toEqual([command('a', null), command('c', 'a')])
  }
})

test('drops a tail of zeros, which a power cut leaves where a line was to be', async () => {
  const path = await makeLog(command('a', null))
  const { length } = await readFile(path)
  await truncate(path, length + 300)
  expect((await reopen(path)).lines).toEqual([command('a', null)])
  await appendFile(path, Buffer.concat([Buffer.alloc(20), Buffer.from('\n')]))
  expect((await reopen(path)).lines).toEqual([command('a', null)])
})

test('names a damaged line before the last and what hung on it, keeps the rest, and keeps the file as it was', async () => {
  const path = await makeLog(command('a', null), command('b', 'a'), command('c', 'b'), command('d', 'a'), moveHead('c'))
  const damaged = (await readFile(path, 'utf8')).replace('"id":"b"', '"id":"b')
  await writeFile(path, damaged)

  const log = await openDocumentLog(path)
  expect(log.damagedLines).toEqual([2, 3, 5])
  expect(log.lines).toEqual([command('a', null), command('d', 'a')])
  await log.append(command('e', 'd'))
  await log.close()

  const kept = (await readdir(join(path, '..'))).find((name) => name.includes('damaged'))!
  expect(await readFile(join(path, '..', kept), 'utf8')).toBe(damaged)
  const again = await reopen(path)
  expect(again.damagedLines).toEqual([])
  expect(again.lines).toEqual([command('a', null), command('d', 'a'), command('e', 'd')])
})

test('writes a command once, however often a client repeats itself', async () => {
  const path = await makeLog(command('a', null), command('a', null), command('b', 'a'), command('a', null))
  expect((await reopen(path)).lines).toEqual([command('a', null), command('b', 'a')])
})

test('refuses a line that hangs on nothing', async () => {
  const log = await openDocumentLog(await makeLog(command('a', null)))
  await expect(log.append(command('c', 'b'))).rejects.toMatchObject({ code: 'invalid-request' })
  await expect(log.append(moveHead('b'))).rejects.toMatchObject({ code: 'invalid-request' })
  await log.close()
})

test('lines sent at once are written whole and in their order', async () => {
  const path = await makeLog()
  const log = await openDocumentLog(path)
  const lines = Array.from({ length: 50 }, (_, i) => command(`${i}`, i === 0 ? null : `${i - 1}`))
  await Promise.all(lines.map((line) => log.append(line)))
  await log.close()
  expect((await reopen(path)).lines).toEqual(lines)
})

test('tells the head, its picture and the time from the end of the file', async () => {
  const path = await makeLog(command('a', null, PICTURE), command('b', 'a'), moveHead('a'))
  expect(await summarizeLog(path)).toMatchObject({ head: { id: 'a', picture: PICTURE }, modifiedAt: AT })
  expect(await summarizeLog(await makeLog(command('a', null), moveHead(null)))).toEqual({ head: null, modifiedAt: AT })
  expect(await summarizeLog(await makeLog())).toBeUndefined()
})

test('says that a line could not be written until it is', async (context) => {
  const disk = await mountFailingDisk()
  if (disk === undefined) return context.skip()
  const log = await openDocumentLog(join(disk.folder, 'log.ndjson'))
  await log.append(command('a', null))
  expect(log.hasFailed).toBe(false)
  disk.fail()
  await expect(log.append(command('b', 'a'))).rejects.toMatchObject({ code: 'disk-read-only' })
  expect(log.hasFailed).toBe(true)
  disk.mend()
  await log.append(command('b', 'a'))
  expect(log.hasFailed).toBe(false)
  await log.close()
})
