import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { runCommand } from './harness/command-line.ts'
import { drawMask } from './pages/picture.ts'
import { writeStrip } from './pages/picture-strip.ts'

// The README's table of edits: before and after of each, made by the command line with the pack that comes with the program.

/** As the mask is shown on the canvas. */
const MASK_COLOUR = { r: 124, g: 58, b: 237, alpha: 0.55 }

let work: string
test.beforeAll(() => {
  work = mkdtempSync(path.join(tmpdir(), 'remask-edit-pictures-'))
})
test.afterAll(() => rmSync(work, { recursive: true, force: true }))

const at = (name: string) => path.join(work, name)

async function remask(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await runCommand(at('data'), args)
  expect({ args, code, stderr }).toMatchObject({ code: 0 })
}

const generate = (name: string, prompt: string, seed: number, ...more: string[]) =>
  remask('generate', prompt, '--seed', String(seed), '--out', at(`${name}.png`), ...more)
const edit = (from: string, name: string, kind: string, ...more: string[]) =>
  remask('edit', at(`${from}.png`), '--kind', kind, '--out', at(`${name}.png`), '--seed', '1', ...more)

async function sizeOf(name: string): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(at(`${name}.png`)).metadata()
  return { width, height }
}

/** White in a part of a picture, given in shares of its sides. */
async function mask(of: string, name: string, [left, top, right, bottom]: readonly [number, number, number, number]): Promise<void> {
  const size = await sizeOf(of)
  const [x, y] = [Math.round(left * size.width), Math.round(top * size.height)]
  const hole = { left: x, top: y, width: Math.round(right * size.width) - x, height: Math.round(bottom * size.height) - y }
  await drawMask(at(`${name}.png`), size, hole)
}

/** A picture with its mask laid over it. */
async function underMask(of: string, maskName: string): Promise<Buffer> {
  const { width, height } = await sizeOf(of)
  const alpha = await sharp(at(`${maskName}.png`)).extractChannel(0).linear(MASK_COLOUR.alpha, 0).raw().toBuffer()
  const tint = sharp({ create: { width, height, channels: 3, background: MASK_COLOUR } }).joinChannel(alpha, { raw: { width, height, channels: 1 } })
  return sharp(at(`${of}.png`)).composite([{ input: await tint.png().toBuffer() }]).png().toBuffer()
}

const write = (name: string, ...pictures: readonly (string | Buffer)[]) =>
  writeStrip(name, ...pictures.map((picture) => (typeof picture === 'string' ? at(`${picture}.png`) : picture)))

const LION = 'a lion on the beach on a sunny day'
const LION_SEED = 7
const HOUSE = 'a red house in a green meadow on a sunny day'

test('create, extend, repaint, remove', async () => {
  await generate('lion', LION, LION_SEED)
  await write('create', 'lion')

  const { width } = await sizeOf('lion')
  await edit('lion', 'extended', 'outpaint', '--extend', `0,0,${width / 2},0`, '--prompt', 'a sandy beach on a sunny day')
  await write('extend', 'lion', 'extended')

  await mask('lion', 'around', [0.1, 0.13, 0.9, 0.97])
  await edit('lion', 'repainted', 'inpaint', '--mask', at('around.png'), '--prompt', 'an owl on the beach on a sunny day')
  await write('repaint', await underMask('lion', 'around'), 'repainted')

  await edit('lion', 'removed', 'remove', '--mask', at('around.png'))
  await write('remove', await underMask('lion', 'around'), 'removed')
})

test('replace the background, change by words, restyle, vary', async () => {
  await generate('lion', LION, LION_SEED)
  await mask('lion', 'subject', [0.12, 0.18, 0.84, 0.94])
  await edit('lion', 'replaced', 'replace-background', '--subject', at('subject.png'), '--prompt', 'a lion in a green meadow on a sunny day')
  await write('replace-background', await underMask('lion', 'subject'), 'replaced')

  await edit('lion', 'sunset', 'retouch', '--prompt', 'a lion on the beach at sunset')
  await write('retouch', 'lion', 'sunset')
  await edit('lion', 'pixels', 'restyle', '--prompt', `${LION}, pixel art`)
  await write('restyle', 'lion', 'pixels')
  await edit('lion', 'varied', 'vary', '--prompt', LION, '--strength', '0.6')
  await write('vary', 'lion', 'varied')
})

test('weigh words, best match first', async () => {
  await generate('even', 'a house by a lake at sunset', 5)
  await generate('weighed', 'a house by a lake at (sunset:1.6)', 5)
  await write('weigh', 'even', 'weighed')

  const { code, stdout } = await runCommand(at('data'), ['generate', HOUSE, '--count', '4', '--seed', '3', '--json', '--out', at('four.png')])
  expect(code).toBe(0)
  const drawn = stdout.trim().split('\n').map((line) => JSON.parse(line) as { file: string; place: number })
  await writeStrip('best-first', ...drawn.toSorted((a, b) => a.place - b.place).map(({ file }) => file))
})

test('paint candidates together, fix what is weak, enlarge', async () => {
  const drawn = ['a green meadow', '6'] as const
  await generate('two', drawn[0], Number(drawn[1]), '--count', '2')
  await mask('two-1', 'right', [0.5, 0, 1, 1])
  await generate('patched', drawn[0], Number(drawn[1]), '--count', '2', '--patch', '2', '--patch-cells', at('right.png'))
  await write('patch', 'two-1', 'two-2', 'patched')

  await generate('house', HOUSE, 3)
  await edit('house', 'fixed', 'fix-weak', '--prompt', HOUSE, '--share', '0.1')
  await write('fix-weak', 'house', 'fixed')

  await generate('beach', 'a sandy beach on a sunny day', 1)
  const { code, stderr } = await runCommand(at('data'), ['edit', at('beach.png'), '--kind', 'upscale', '--prompt', 'a sandy beach on a sunny day', '--out', at('larger.png'), '--seed', '1'])
  if (code !== 0) {
    test.info().annotations.push({ type: 'left out', description: stderr })
    return
  }
  // The same part of both.
  const part = async (name: string) => {
    const { width, height } = await sizeOf(name)
    return sharp(at(`${name}.png`)).extract({ left: 0, top: Math.round(height / 4), width: Math.round(width / 2), height: Math.round(height / 2) }).png().toBuffer()
  }
  await write('upscale', await part('beach'), await part('larger'))
})
