import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { STARTER, stepsFor } from '../pages/starter-pack.ts'

const root = path.join(import.meta.dirname, '../..')

let folder: string
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'remask-command-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => path.join(folder, name)

interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Circumstances {
  /** Sends Ctrl+C to every process of the command, as a terminal does. */
  readonly endAfterMs?: number
  /** Variables that name folders; then the command also does not know that it is under test. */
  readonly places?: Record<string, string>
}

function remask(args: readonly string[], { endAfterMs, places }: Circumstances = {}): Promise<Outcome> {
  const env = { ...(places ? { PATH: process.env['PATH'], ...places } : process.env), REMASK_DATA_FOLDER: inFolder('data') }
  const child = spawn(process.execPath, [path.join(root, 'dist/electron/cli.js'), ...args], { env, detached: endAfterMs !== undefined })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text) => (stdout += String(text)))
  child.stderr.on('data', (text) => (stderr += String(text)))
  if (endAfterMs !== undefined) setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGINT'), endAfterMs)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}

const readPixels = (file: string) => sharp(file).raw().ensureAlpha().toBuffer({ resolveWithObject: true })

test('generate writes a picture and says how in JSON; the same seed gives the same bytes', async () => {
  const run = (name: string, ...more: string[]) =>
    remask(['generate', 'a lake at sunset', '--out', inFolder(name), '--seed', '7', '--steps', '3', ...more])
  const { code, stdout, stderr } = await run('a.png', '--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const result = JSON.parse(stdout)
  expect(result).toMatchObject({ file: inFolder('a.png'), seed: 7, steps: stepsFor(3), recipe: { packId: 'starter' } })
  expect(result.secondsPerStep).toBeGreaterThan(0)
  await run('b.png')
  const [a, b] = await Promise.all([readPixels(inFolder('a.png')), readPixels(inFolder('b.png'))])
  expect(a.data.equals(b.data)).toBe(true)
})

/** ONNX Runtime's telemetry leaves an id of the machine in the cache folder and logs beside; on build machines it keeps still. */
test('a run tells nobody: it leaves nothing in the home and temporary folders', async () => {
  const [home, temporary] = [inFolder('home'), inFolder('temporary')]
  for (const name of [home, temporary]) mkdirSync(name)
  const places = { HOME: home, XDG_CACHE_HOME: path.join(home, 'cache'), TMPDIR: temporary, TEMP: temporary, TMP: temporary }
  const { code } = await remask(['generate', 'x', '--out', inFolder('a.png'), '--steps', '1'], { places })
  expect(code).toBe(0)
  expect([...readdirSync(home), ...readdirSync(temporary)]).toEqual([])
})

test('--count writes numbered files with seeds in turn', async () => {
  const { code, stdout } = await remask(['generate', 'a road', '--out', inFolder('a.webp'), '--count', '2', '--seed', '7', '--steps', '2', '--json'])
  expect(code).toBe(0)
  const results = stdout.trim().split('\n').map((line) => JSON.parse(line))
  expect(results.map(({ file, seed }) => [file, seed])).toEqual([[inFolder('a-1.webp'), 7], [inFolder('a-2.webp'), 8]])
  expect(results.every(({ file }) => existsSync(file))).toBe(true)
  // Which one stands first in the program.
  expect(results.map(({ place }) => place).toSorted()).toEqual([1, 2])
})

test('edit repaints inside the mask and changes no pixel outside it', async () => {
  await drawPhoto(inFolder('in.png'), 200, 150)
  await drawMask(inFolder('m.png'), 200, 150, { left: 60, top: 40, width: 50, height: 40 })
  const { code, stderr } = await remask(
    ['edit', inFolder('in.png'), '--kind', 'inpaint', '--mask', inFolder('m.png'), '--prompt', 'a house', '--out', inFolder('o.png')],
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const before = await readPixels(inFolder('in.png'))
  const after = await readPixels(inFolder('o.png'))
  expect(after.info).toMatchObject({ width: 200, height: 150 })
  const isInside = (i: number) => i % 200 >= 60 && i % 200 < 110 && Math.floor(i / 200) >= 40 && Math.floor(i / 200) < 80
  let [strayCount, changedCount] = [0, 0]
  for (let i = 0; i < 200 * 150; i++) {
    if (before.data.subarray(i * 4, i * 4 + 4).equals(after.data.subarray(i * 4, i * 4 + 4))) continue
    if (isInside(i)) changedCount++
    else strayCount++
  }
  expect(strayCount).toBe(0)
  expect(changedCount).toBeGreaterThan(500)
})

test('edit extends a picture and keeps it whole', async () => {
  await drawPhoto(inFolder('in.png'), 128, 128)
  const { code } = await remask(
    ['edit', inFolder('in.png'), '--kind', 'outpaint', '--extend', '16,0,48,0', '--prompt', 'a field', '--out', inFolder('o.png')],
  )
  expect(code).toBe(0)
  const before = await readPixels(inFolder('in.png'))
  const kept = await sharp(inFolder('o.png')).extract({ left: 16, top: 0, width: 128, height: 128 }).ensureAlpha().raw().toBuffer()
  expect((await sharp(inFolder('o.png')).metadata()).width).toBe(192)
  expect(kept.equals(before.data)).toBe(true)
})

const MASKED_KINDS: readonly (readonly string[])[] = [
  ['inpaint', '--prompt', 'a (house:1.3)', '--detail', '--surroundings', '0.1', '--ramp', 'linear'],
  ['retouch', '--prompt', 'a house', '--steps', '4'],
  ['restyle', '--prompt', 'watercolor painting', '--no-colour-match'],
  ['vary', '--strength', '1'],
  ['remove', '--order', 'halton'],
]
test('edit does every kind, and leaves what is not masked', async () => {
  await drawPhoto(inFolder('in.png'), 150, 140)
  await drawMask(inFolder('m.png'), 150, 140, { left: 60, top: 40, width: 50, height: 40 })
  const before = await readPixels(inFolder('in.png'))
  for (const [kind, ...options] of MASKED_KINDS) {
    const made = await remask(['edit', inFolder('in.png'), '--kind', kind!, '--mask', inFolder('m.png'), ...options, '--out', inFolder('o.png')])
    expect({ kind, ...made }).toMatchObject({ code: 0, stderr: '' })
    const after = await readPixels(inFolder('o.png'))
    let changedCount = 0
    for (let i = 0; i < 150 * 140; i++) {
      if (before.data.subarray(i * 4, i * 4 + 4).equals(after.data.subarray(i * 4, i * 4 + 4))) continue
      const isInside = i % 150 >= 60 && i % 150 < 110 && Math.floor(i / 150) >= 40 && Math.floor(i / 150) < 80
      expect(isInside, `${kind} pixel ${i}`).toBe(true)
      changedCount++
    }
    expect(changedCount, kind).toBeGreaterThan(300)
  }
})

test('edit keeps the subject when it replaces the background, and says which edit a pack cannot do', async () => {
  await drawPhoto(inFolder('in.png'), 100, 90)
  await drawMask(inFolder('s.png'), 100, 90, { left: 30, top: 20, width: 40, height: 40 })
  const made = await remask(['edit', inFolder('in.png'), '--kind', 'replace-background', '--subject', inFolder('s.png'), '--prompt', 'a beach', '--out', inFolder('o.png')])
  expect(made).toMatchObject({ code: 0, stderr: '' })
  const cut = (file: string) => sharp(inFolder(file)).extract({ left: 30, top: 20, width: 40, height: 40 }).ensureAlpha().raw().toBuffer()
  expect((await cut('o.png')).equals(await cut('in.png'))).toBe(true)
  const styled = await remask(['edit', inFolder('in.png'), '--kind', 'restyle', '--style', 'no such style', '--out', inFolder('o.png')])
  expect(styled).toMatchObject({ code: 1, stderr: expect.stringMatching(/style/) })
})

test('packs are listed and verified', async () => {
  expect((await remask(['packs', 'list'])).stdout).toMatch(/^starter\s/)
  expect(await remask(['packs', 'verify', 'starter'])).toMatchObject({ code: 0, stderr: '' })
  expect(await remask(['packs', 'verify', 'none'])).toMatchObject({ code: 1, stdout: '' })
  const { code, stderr } = await remask(['packs', 'verify', '../../etc'])
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/“..\/..\/etc” is not installed.*starter/) })
})

const BAD_ARGUMENTS = [
  ['paint'],
  ['generate', 'x'],
  ['generate', 'x', '--out', 'a.gif'],
  ['generate', 'x', '--out', 'a.png', '--steps', '0'],
  ['generate', 'x', '--out', 'a.png', '--size', '128'],
  ['edit', 'in.png', '--kind', 'inpaint', '--out', 'o.png'],
  ['edit', 'in.png', '--kind', 'outpaint', '--extend', '1,2', '--out', 'o.png'],
]
test('bad arguments end with 2 and one line', async () => {
  for (const args of BAD_ARGUMENTS) {
    const { code, stdout, stderr } = await remask(args)
    expect({ args, code, stdout, lines: stderr.trim().split('\n').length }).toEqual({ args, code: 2, stdout: '', lines: 1 })
  }
})

test('failures end with 1, one line, and no file', async () => {
  await drawPhoto(inFolder('in.png'), 64, 64)
  await drawMask(inFolder('other.png'), 32, 32, { left: 0, top: 0, width: 8, height: 8 })
  mkdirSync(inFolder('folder.png'))
  writeFileSync(inFolder('fake.png'), 'This is no picture.')
  const out = ['--out', inFolder('o.png')]
  const failures = [
    ['generate', 'x', ...out, '--pack', 'none'],
    ['generate', 'x', '--out', inFolder('missing/o.png')],
    ['generate', 'x', '--out', inFolder('folder.png')],
    ['generate', 'x', '--out', inFolder('o.webp'), '--size', '20000x64'],
    ['edit', inFolder('in.png'), '--kind', 'outpaint', '--extend', '99999,0,0,0', ...out],
    ['edit', inFolder('in.png'), '--kind', 'inpaint', '--mask', inFolder('fake.png'), ...out],
    ['edit', inFolder('none.png'), '--kind', 'inpaint', '--mask', inFolder('other.png'), ...out],
    ['edit', inFolder('in.png'), '--kind', 'inpaint', '--mask', inFolder('other.png'), ...out],
  ]
  for (const args of failures) {
    const { code, stdout, stderr } = await remask(args)
    expect({ args, code, stdout, lines: stderr.trim().split('\n').length }).toEqual({ args, code: 1, stdout: '', lines: 1 })
  }
  expect(readdirSync(folder).toSorted()).toEqual(['fake.png', 'folder.png', 'in.png', 'other.png'])
})

test('a message names the file that is refused', async () => {
  await drawPhoto(inFolder('in.png'), 64, 64)
  writeFileSync(inFolder('fake.png'), 'This is no picture.')
  const { stderr } = await remask(
    ['edit', inFolder('in.png'), '--kind', 'inpaint', '--mask', inFolder('fake.png'), '--out', inFolder('o.png')],
  )
  expect(stderr).toContain(`${inFolder('fake.png')}: `)
})

test('where one of several files cannot be written, it is said before anything is made, and what was there stays', async () => {
  writeFileSync(inFolder('a-1.png'), 'mine')
  mkdirSync(inFolder('a-2.png'))
  const { code, stderr } = await remask(['generate', 'x', '--out', inFolder('a.png'), '--count', '2'])
  expect({ code, stderr }).toEqual({ code: 1, stderr: `${inFolder('a-2.png')} is a folder. Choose another name.\n` })
  expect(readFileSync(inFolder('a-1.png'), 'utf8')).toBe('mine')
})

test('Ctrl+C cancels and leaves no file', async () => {
  test.skip(process.platform === 'win32', 'signals a process group')
  const { code, stdout, stderr } = await remask(
    ['generate', 'a lake', '--out', inFolder('a.png'), '--count', '16', '--steps', '64'], { endAfterMs: 4000 },
  )
  expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: '', stderr: 'Cancelled. No file was written.\n' })
  expect(readdirSync(folder)).toEqual([])
})

test('a mask from words keeps to its budget; equal words are refused', async () => {
  await drawPhoto(inFolder('in.png'), STARTER.width, STARTER.height)
  const words = ['--from', 'a beach', '--budget', '10', '--spread', '0', '--out', inFolder('m.png')]
  const { code, stderr } = await remask(['mask', inFolder('in.png'), '--to', 'a city at night', ...words])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const { mean } = (await sharp(inFolder('m.png')).stats()).channels[0] as { mean: number }
  expect(mean).toBeGreaterThan(0)
  expect(mean).toBeLessThanOrEqual((255 * Math.ceil(STARTER.cellCount / 10)) / STARTER.cellCount)
  const equal = await remask(['mask', inFolder('in.png'), '--to', ' A  Beach ', ...words])
  expect(equal).toMatchObject({ code: 1, stderr: 'The old and the new words say the same. Change one of them.\n' })
})

test('what fits least is repainted, and not one byte of the rest', async () => {
  const { width, height, cellSize, cellCount, columns } = STARTER
  await drawPhoto(inFolder('in.png'), width, height)
  const asked = ['--kind', 'fix-weak', '--share', '0.05', '--seed', '3', '--out', inFolder('o.png')]
  expect(await remask(['edit', inFolder('in.png'), ...asked])).toMatchObject({ code: 0, stderr: '' })
  const pixels = async (file: string) => sharp(inFolder(file)).ensureAlpha().raw().toBuffer()
  const [before, after] = [await pixels('in.png'), await pixels('o.png')]
  const changedCells = new Set<number>()
  for (let i = 0; i < before.length; i++) {
    if (before[i] !== after[i]) changedCells.add(Math.floor(i / 4 / width / cellSize) * columns + Math.floor(((i / 4) % width) / cellSize))
  }
  // A twentieth, in cells of the coarsest stage.
  const wanted = Math.ceil(cellCount / 20)
  expect(changedCells.size).toBeGreaterThan(wanted / 2)
  expect(changedCells.size).toBeLessThanOrEqual(wanted + STARTER.coarsest ** 2)
  const measured = await remask(['measure', inFolder('o.png'), '--json'])
  expect((JSON.parse(measured.stdout) as { likelihoods: unknown[] }).likelihoods).toHaveLength(cellCount)
})

/** Noise has no pixel that stays as it was by chance. */
async function drawPhoto(file: string, width: number, height: number): Promise<void> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 }
  await sharp({ create: { width, height, channels: 3, background: 'grey', noise } }).png().toFile(file)
}

async function drawMask(
  file: string, width: number, height: number, hole: { left: number; top: number; width: number; height: number },
): Promise<void> {
  const white = { create: { width: hole.width, height: hole.height, channels: 3 as const, background: 'white' } }
  const composed = sharp({ create: { width, height, channels: 3, background: 'black' } })
    .composite([{ input: await sharp(white).png().toBuffer(), left: hole.left, top: hole.top }])
  await composed.png().toFile(file)
}
