import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { readGrey, runCommand } from '../harness/command-line.ts'
import { cutPicture, drawMask, drawPhoto, findDifference, readPictureFile } from '../pages/picture.ts'
import { inPicture, STARTER } from '../pages/starter-pack.ts'

let folder: string
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'remask-tokens-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => path.join(folder, name)
const remask = (...args: readonly string[]) => runCommand(inFolder('data'), args)
const GENERATE = ['generate', 'a lake at sunset', '--seed', '7', '--steps', '4'] as const

interface TokenFile {
  readonly cells: { readonly x: number; readonly y: number; readonly cellSize: number; readonly columns: number; readonly rows: number }
  readonly tokens: readonly number[]
  readonly steps: readonly (readonly (number | null)[])[]
}
const readTokens = (name: string) => JSON.parse(readFileSync(inFolder(name), 'utf8')) as TokenFile

test('tokens are written, pinned in the next picture, and gone on from', async () => {
  expect(await remask(...GENERATE, '--out', inFolder('a.png'), '--tokens')).toMatchObject({ code: 0, stderr: '' })
  const { cells, tokens, steps } = readTokens('a.tokens.json')
  expect(tokens).toHaveLength(cells.rows * cells.columns)
  // Of the finest stage: tokens of the coarse one may be made null again, to be drawn again.
  const nullCounts = steps.map((step) => step.slice(-tokens.length).filter((token) => token === null).length)
  expect(nullCounts).toEqual(nullCounts.toSorted((a, b) => b - a))
  expect([nullCounts[0], nullCounts.at(-1)]).toEqual([expect.any(Number), 0])
  expect(steps.length).toBeGreaterThanOrEqual(4)

  const pins = [17, 18].map((at) => ({
    x: cells.x + (at % cells.columns) * cells.cellSize, y: cells.y + Math.floor(at / cells.columns) * cells.cellSize, cellSize: cells.cellSize, token: tokens[at],
  }))
  writeFileSync(inFolder('pins.json'), JSON.stringify(pins))
  const pinned = await remask('generate', 'a city', '--seed', '9', '--steps', '4', '--out', inFolder('b.png'), '--pins', inFolder('pins.json'), '--tokens')
  expect(pinned).toMatchObject({ code: 0, stderr: '' })
  expect([17, 18].map((at) => readTokens('b.tokens.json').tokens[at])).toEqual([tokens[17], tokens[18]])

  const start = ['--start', inFolder('a.tokens.json'), '--start-step', '2']
  expect(await remask('generate', 'a desert', '--seed', '9', '--steps', '4', '--out', inFolder('c.png'), ...start, '--tokens')).toMatchObject({ code: 0, stderr: '' })
  const gone = readTokens('c.tokens.json')
  steps[1]!.forEach((token, at) => token !== null && expect(gone.steps[0]![at]).toBe(token))

  // Of the last step only what was made null is drawn; a step holds the tokens of all stages, the finest last.
  const last = steps.at(-1)!
  const finest = last.length - tokens.length
  const settled = { cells, tokens, steps: [last.map((token, at) => (at >= finest && at < finest + 32 ? null : token))] }
  writeFileSync(inFolder('nulls.json'), JSON.stringify(settled))
  expect(await remask('generate', 'a desert', '--seed', '9', '--out', inFolder('d.png'), '--start', inFolder('nulls.json'), '--tokens')).toMatchObject({ code: 0, stderr: '' })
  expect(readTokens('d.tokens.json').tokens.slice(32)).toEqual(tokens.slice(32))
})

test('one candidate is painted over the first, and the same command gives the same bytes', async () => {
  const { width, height, columns } = STARTER
  const [left] = inPicture(80, 0)
  await drawMask(inFolder('m.png'), { width, height }, { left, top: 0, width: width - left, height })
  const drawn = await remask(...GENERATE, '--out', inFolder('a.png'), '--count', '2', '--tokens')
  expect(drawn).toMatchObject({ code: 0, stderr: '' })
  const patch = ['--count', '2', '--patch', '2', '--patch-cells', inFolder('m.png')]
  for (const name of ['p.png', 'q.png']) expect(await remask(...GENERATE, '--out', inFolder(name), ...patch, '--tokens')).toMatchObject({ code: 0, stderr: '' })
  const [first, second, patched] = ['a-1', 'a-2', 'p'].map((name) => readTokens(`${name}.tokens.json`).tokens)
  patched!.forEach((token, at) => {
    const share = (at % columns) / columns
    if (share < 0.56) expect(token).toBe(first![at])
    if (share > 0.68) expect(token).toBe(second![at])
  })
  expect(findDifference(await readPictureFile(inFolder('p.png')), await readPictureFile(inFolder('q.png')))).toBeNull()
})

test('a mask of what looks alike, and of what surprises; words say how much they mattered', async () => {
  expect(await remask(...GENERATE, '--out', inFolder('a.png'))).toMatchObject({ code: 0 })
  const points = [inPicture(20, 20), inPicture(100, 100)]
  const alike = (threshold: string) => remask('mask', inFolder('a.png'), '--alike', points.map((point) => point.join()).join(' '), '--threshold', threshold, '--out', inFolder(`m${threshold}.png`))
  expect(await alike('0')).toMatchObject({ code: 0, stderr: '' })
  expect(await alike('0.5')).toMatchObject({ code: 0, stderr: '' })
  const count = async (name: string) => (await readGrey(inFolder(name))).data.filter((value) => value > 0).length
  const same = await readGrey(inFolder('m0.png'))
  for (const [x, y] of points) expect(same.data[y * STARTER.width + x]).toBe(255)
  expect(await count('m0.5.png')).toBeGreaterThan(await count('m0.png'))

  await drawPhoto(inFolder('noise.png'), STARTER.width, STARTER.height)
  expect(await remask('mask', inFolder('noise.png'), '--surprises', '--out', inFolder('s.png'))).toMatchObject({ code: 0, stderr: '' })
  expect(await count('s.png')).toBeGreaterThan(0)

  const measured = await remask('measure', inFolder('a.png'), '--prompt', 'a lake at sunset', '--words', '--json')
  const { words } = JSON.parse(measured.stdout) as { words: { word: string; mean: number; falls: (number | null)[] }[] }
  expect(words.map(({ word }) => word)).toEqual(['a', 'lake', 'at', 'sunset'])
  expect(words.every(({ falls }) => falls.length === STARTER.cellCount)).toBe(true)
  expect(new Set(words.map(({ mean }) => mean)).size).toBe(4)
})

test('a subject found by its words stays when the background is replaced', async () => {
  expect(await remask('generate', 'a red house in a green meadow', '--seed', '3', '--steps', '6', '--out', inFolder('a.png'))).toMatchObject({ code: 0 })
  const asked = ['edit', inFolder('a.png'), '--kind', 'replace-background', '--subject-words', 'a red house', '--prompt', 'a desert at night', '--seed', '1']
  expect(await remask(...asked, '--out', inFolder('o.png'))).toMatchObject({ code: 0, stderr: '' })
  expect(await remask('mask', inFolder('a.png'), '--from', 'a red house', '--to', '', '--budget', '30', '--out', inFolder('s.png'))).toMatchObject({ code: 0 })
  const [before, after] = [await readPictureFile(inFolder('a.png')), await readPictureFile(inFolder('o.png'))]
  const subject = await readGrey(inFolder('s.png'))
  let [kept, lost, changed] = [0, 0, 0]
  for (let i = 0; i < STARTER.width * STARTER.height; i++) {
    const isSame = before.data.compare(after.data, i * 4, i * 4 + 4, i * 4, i * 4 + 4) === 0
    if (subject.data[i] !== 255) changed += Number(!isSame)
    else if (isSame) kept++
    else lost++
  }
  expect(lost).toBe(0)
  expect(kept).toBeGreaterThan(500)
  expect(changed).toBeGreaterThan(5000)
})

test('what is wrong with tokens, pins and patches is said in one line', async () => {
  writeFileSync(inFolder('broken.json'), '{"steps": 3}')
  writeFileSync(inFolder('far.json'), '[{"x": 4096, "y": 0, "cellSize": 8, "token": 1}]')
  const whole = { width: STARTER.width, height: STARTER.height }
  await drawMask(inFolder('all.png'), whole, { left: 0, top: 0, ...whole })
  await drawPhoto(inFolder('in.png'), 64, 64)
  const out = ['--out', inFolder('o.png'), '--steps', '1']
  const failures: readonly (readonly [number, RegExp, readonly string[]])[] = [
    [1, /broken\.json holds no tokens/, ['generate', 'x', ...out, '--start', inFolder('broken.json')]],
    [1, /broken\.json holds no pins/, ['generate', 'x', ...out, '--pins', inFolder('broken.json')]],
    [1, /none\.json cannot be read/, ['generate', 'x', ...out, '--pins', inFolder('none.json')]],
    [0, /None of the pins/, ['generate', 'x', ...out, '--pins', inFolder('far.json')]],
    [1, /Paint a part/, ['generate', 'x', ...out, '--count', '2', '--patch', '2', '--patch-cells', inFolder('all.png')]],
    [2, /--patch/, ['generate', 'x', ...out, '--patch', '2', '--patch-cells', inFolder('all.png')]],
    [2, /--patch/, ['generate', 'x', ...out, '--count', '2', '--patch', '2']],
    [2, /--to/, ['mask', inFolder('in.png'), '--out', inFolder('m.png')]],
    [2, /120,80/, ['mask', inFolder('in.png'), '--alike', 'here', '--out', inFolder('m.png')]],
    [1, /beyond the picture/, ['mask', inFolder('in.png'), '--alike', '64,3', '--out', inFolder('m.png')]],
  ]
  for (const [code, message, args] of failures) {
    const made = await remask(...args)
    expect({ args, ...made }).toMatchObject({ code, stderr: expect.stringMatching(message) })
    expect(made.stderr.trim().split('\n')).toHaveLength(1)
  }
})

/** Each ends with pictures, or with one line that says what to do. */
test('odd masks, pictures and words end well', async () => {
  await drawPhoto(inFolder('in.png'), 100, 70)
  const cut = cutPicture(await readPictureFile(inFolder('in.png')), 100, 70)
  await drawPhoto(inFolder('tiny.png'), 3, 5)
  const size = { width: 100, height: 70 }
  await drawMask(inFolder('one.png'), size, { left: 99, top: 69, width: 1, height: 1 })
  await drawMask(inFolder('full.png'), size, { left: 0, top: 0, ...size })
  await sharp({ create: { ...size, channels: 3, background: 'black' } }).toFile(inFolder('empty.png'))
  await drawMask(inFolder('outside.png'), { width: 200, height: 70 }, { left: 150, top: 0, width: 20, height: 20 })
  const edit = (picture: string, kind: string, ...more: string[]) =>
    remask('edit', inFolder(picture), '--kind', kind, '--out', inFolder('o.png'), '--steps', '2', '--seed', '1', ...more)

  for (const kind of ['inpaint', 'remove', 'vary', 'retouch']) {
    const words = kind === 'remove' ? [] : ['--prompt', 'a house']
    expect(await edit('in.png', kind, '--mask', inFolder('one.png'), ...words), kind).toMatchObject({ code: 0, stderr: '' })
    const difference = findDifference(cut, await readPictureFile(inFolder('o.png')))
    expect(difference === null || (difference.left === 99 && difference.top === 69), kind).toBe(true)
    expect(await edit('in.png', kind, '--mask', inFolder('full.png'), ...words), kind).toMatchObject({ code: 0, stderr: '' })
    expect(await edit('in.png', kind, '--mask', inFolder('empty.png'), ...words), kind).toMatchObject({ code: 1, stderr: expect.stringMatching(/Nothing is painted/) })
    expect(await edit('in.png', kind, '--mask', inFolder('outside.png'), ...words), kind).toMatchObject({ code: 1, stderr: expect.stringMatching(/outside\.png/) })
  }
  for (const kind of ['vary', 'retouch', 'fix-weak']) {
    expect(await edit('tiny.png', kind, '--prompt', 'a house'), kind).toMatchObject({ code: 0, stderr: '' })
    expect(await readPictureFile(inFolder('o.png'))).toMatchObject({ width: 3, height: 5 })
  }
  expect(await edit('tiny.png', 'outpaint', '--extend', '0,0,1,0')).toMatchObject({ code: 0, stderr: '' })
  expect(await readPictureFile(inFolder('o.png'))).toMatchObject({ width: 4, height: 5 })
  for (const prompt of ['Дом у озера', '湖のほとりの家', 'بيت', '🏠🌊', '((((', ')(:1.3', '   ']) {
    expect(await remask('generate', prompt, '--out', inFolder('o.png'), '--steps', '1'), prompt).toMatchObject({ code: 0, stderr: '' })
  }
  expect(await edit('in.png', 'retouch', '--from', 'a House ', '--prompt', 'a house')).toMatchObject({ code: 1, stderr: expect.stringMatching(/say the same/) })
  expect(await edit('in.png', 'vary', '--strength', '0')).toMatchObject({ code: 1, stderr: expect.stringMatching(/strength of 0/) })
  expect(await edit('in.png', 'vary', '--strength', '1')).toMatchObject({ code: 0, stderr: '' })
  // A pack without a second transformer says so, and which one can.
  const { code, stderr } = await edit('in.png', 'upscale', '--pack', 'starter')
  expect(code === 0 ? '' : stderr).toMatch(/^$|cannot enlarge pictures/)
})
