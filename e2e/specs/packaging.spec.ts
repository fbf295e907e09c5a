import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { makeElectronDistribution, readFuses } from '../harness/electron-distribution.ts'

const root = path.join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)

let folder: string
test.beforeAll(async () => {
  test.skip(process.platform !== 'linux', 'packs for Linux')
  folder = mkdtempSync(path.join(tmpdir(), 'remask-package-'))
  await makeElectronDistribution(path.join(folder, 'electron'))
  const builder = path.join(path.dirname(require.resolve('electron-builder/package.json')), 'cli.js')
  const args = [builder, '--linux', '--dir', `-c.electronDist=${path.join(folder, 'electron')}`, `-c.directories.output=${path.join(folder, 'release')}`]
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

const packed = () => path.join(folder, 'release/linux-unpacked')
const asar = createRequire(require.resolve('electron-builder/package.json'))('@electron/asar') as {
  listPackage(archive: string, options: object): string[]
  extractAll(archive: string, folder: string): void
}
const archive = () => path.join(packed(), 'resources/app.asar')
const listPacked = () => asar.listPackage(archive(), {})

test('the packed program has its bundles, its page and its packs', () => {
  const files = listPacked()
  for (const file of ['main.js', 'inference.js', 'preload.cjs']) expect(files).toContain(`/dist/electron/${file}`)
  expect(files).toContain('/dist/renderer/index.html')
  expect(files.filter((file) => /\.(ts|tsx|test\.js)$/.test(file))).toEqual([])
  expect(existsSync(path.join(packed(), 'resources/packs/starter/pack.json'))).toBe(true)
})

test('only the packages that no bundle contains are packed', async () => {
  const packages = listPacked().flatMap((file) => /^\/node_modules\/([^/]+)$/.exec(file)?.[1] ?? [])
  expect(packages.toSorted()).toEqual(['@img', 'detect-libc', 'onnxruntime-common', 'onnxruntime-node', 'semver', 'sharp'])
})

test("native code lies outside the archive, and only this platform's", async () => {
  const unpacked = path.join(packed(), 'resources/app.asar.unpacked/node_modules')
  const runtime = path.join(unpacked, 'onnxruntime-node/bin/napi-v6')
  expect(await readdir(runtime)).toEqual(['linux'])
  expect(await readdir(path.join(runtime, 'linux'))).toEqual([process.arch])
  expect(existsSync(path.join(unpacked, 'sharp'))).toBe(true)
})

test('the fuses close what the program does not need', () => {
  // As Node, NODE_OPTIONS and --inspect: off. Cookie encryption, archive integrity, only from the archive: on.
  expect(readFuses(readFileSync(path.join(packed(), 'remask')))).toMatch(/^010011.0/)
})

test('what is packed is enough to load the native packages', () => {
  const extracted = path.join(folder, 'extracted')
  asar.extractAll(archive(), extracted)
  const script = "Promise.all([import('onnxruntime-node'), import('sharp')]).then(() => console.log('loaded'))"
  expect(execFileSync(process.execPath, ['-e', script], { cwd: extracted, encoding: 'utf8' })).toContain('loaded')
})
