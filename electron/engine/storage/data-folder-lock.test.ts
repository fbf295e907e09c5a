import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { lockDataFolder } from './data-folder-lock.ts'
import { makeTestFolder } from '../testing/engine-under-test.ts'

async function makeLockPath(): Promise<string> {
  return join(await makeTestFolder(), 'engine.lock')
}

async function startProcess() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  await once(child, 'spawn')
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  onTestFinished(end)
  return { pid: child.pid!, end }
}

const now = () => new Date().toISOString()

test('the second engine of one process is refused until the first gives the folder free', async () => {
  const path = await makeLockPath()
  const unlock = await lockDataFolder(path)
  await expect(lockDataFolder(path)).rejects.toMatchObject({ code: 'data-folder-in-use' })
  await unlock()
  const unlockAgain = await lockDataFolder(path)
  await unlockAgain()
  await expect(stat(path)).rejects.toThrow('ENOENT')
})

test('a living process keeps its lock; a killed one loses it', async () => {
  const path = await makeLockPath()
  const other = await startProcess()
  await writeFile(path, JSON.stringify({ pid: other.pid, takenAt: now() }))
  await expect(lockDataFolder(path)).rejects.toMatchObject({ code: 'data-folder-in-use', details: { pid: other.pid } })
  await other.end()
  const unlock = await lockDataFolder(path)
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid })
  await unlock()
})

test('a lock from before the machine was started is stale, whoever has its pid now', async () => {
  const path = await makeLockPath()
  const other = await startProcess()
  await writeFile(path, JSON.stringify({ pid: other.pid, takenAt: '2020-01-01T00:00:00.000Z' }))
  await (await lockDataFolder(path))()
})

test('a lock with our own pid that we did not take was left by a process before us', async () => {
  const path = await makeLockPath()
  await writeFile(path, JSON.stringify({ pid: process.pid, takenAt: now() }))
  await (await lockDataFolder(path))()
})

test('a torn lock counts as being written for a moment, then as stale', async () => {
  const path = await makeLockPath()
  await writeFile(path, '{"pid":')
  await expect(lockDataFolder(path)).rejects.toMatchObject({ code: 'data-folder-in-use' })
  const earlier = new Date(Date.now() - 10_000)
  await utimes(path, earlier, earlier)
  await (await lockDataFolder(path))()
})
