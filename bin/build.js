#!/usr/bin/env node
// Builds dist/. With --if-stale only where it is missing or older than the sources.
// Everything is said on stderr: stdout belongs to the program that starts us.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const root = path.join(import.meta.dirname, '..')
const stampFile = path.join(root, 'dist/built')
const lockFolder = path.join(root, 'dist.lock')
const CONFIGS = ['vite.electron.config.ts', 'vite.preload.config.ts', 'vite.config.ts']
const SOURCES = ['electron', 'models', 'renderer', 'assets', 'package.json', ...CONFIGS]
/** Folders below the sources that no bundle contains. */
const NOT_BUILT = new Set([path.join(root, 'models/packs'), path.join(root, 'models/training')])
/** A build takes seconds; a lock older than this was left by one that was killed. */
const LOCK_MAX_AGE_MS = 120_000

/** @returns {boolean} */
export function isStale() {
  const stamp = fs.statSync(stampFile, { throwIfNoEntry: false })
  return stamp === undefined || SOURCES.some((name) => isNewer(path.join(root, name), stamp.mtimeMs))
}

function isNewer(file, timeMs) {
  if (NOT_BUILT.has(file)) return false
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return false
  // A folder's own time changes when a file is added or removed.
  if (stat.mtimeMs > timeMs) return !/\.test\.tsx?$/.test(file)
  return stat.isDirectory() && fs.readdirSync(file).some((name) => isNewer(path.join(file, name), timeMs))
}

/** Builds where that is needed, in a process of its own: what the builder took of memory is not the program's. */
export function ensureBuilt() {
  if (!isStale()) return
  const { status } = spawnSync(process.execPath, [import.meta.filename, '--if-stale'], { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(1)
}

async function buildAll() {
  const startMs = performance.now()
  // Taken before building: what is saved while we build is newer than this build.
  const startedAt = new Date()
  const { build, createLogger } = await import('vite')
  const say = (message) => process.stderr.write(`${message}\n`)
  const customLogger = { ...createLogger('warn'), warn: say, error: say }
  for (const config of CONFIGS) {
    await build({ configFile: path.join(root, config), customLogger, logLevel: 'warn' })
  }
  fs.writeFileSync(stampFile, '')
  fs.utimesSync(stampFile, startedAt, startedAt)
  say(`Built in ${((performance.now() - startMs) / 1000).toFixed(1)} s`)
}

async function withLock(work) {
  while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, 200))
  try {
    await work()
  } finally {
    fs.rmSync(lockFolder, { recursive: true, force: true })
  }
}

function takeLock() {
  const age = Date.now() - (fs.statSync(lockFolder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
  if (age > LOCK_MAX_AGE_MS) fs.rmSync(lockFolder, { recursive: true, force: true })
  try {
    fs.mkdirSync(lockFolder)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  const isOnlyIfStale = process.argv.includes('--if-stale')
  // Two programs started at once build once.
  await withLock(async () => {
    if (!isOnlyIfStale || isStale()) await buildAll()
  }).catch((error) => {
    process.stderr.write(`${error.message ?? error}\n`)
    process.exitCode = 1
  })
}
