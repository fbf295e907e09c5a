import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'

const root = path.join(import.meta.dirname, '../..')

let folder: string
let model: string
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'remask-import-'))
  // A tiny pipeline with random weights, saved by diffusers 0.33.1: models/golden/make_diffusers_pipeline.py.
  model = inFolder('Tiny aMUSEd')
  cpSync(path.join(root, 'models/golden/diffusers_pipeline'), model, { recursive: true })
  writeFileSync(path.join(model, 'README.md'), '---\nlicense: openrail++\n---\n# Tiny\n')
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => path.join(folder, name)

function remask(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const env = { ...process.env, REMASK_DATA_FOLDER: inFolder('data') }
  const child = spawn(process.execPath, [path.join(root, 'dist/electron/cli.js'), ...args], { env })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text) => (stdout += String(text)))
  child.stderr.on('data', (text) => (stderr += String(text)))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}

const readPixels = (file: string) => sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true })

test('a folder that diffusers saved becomes a pack that creates, repaints and extends', async () => {
  test.setTimeout(180_000)
  const refused = await remask('packs', 'import', model)
  expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('openrail++') })

  const imported = await remask('packs', 'import', model, '--accept-licence', '--json')
  expect(imported).toMatchObject({ code: 0, stderr: '' })
  const pack = JSON.parse(imported.stdout)
  expect(pack).toMatchObject({ id: 'tiny-amused', licence: 'openrail++', precision: { used: 'int8' }, isRemovable: true })
  expect(pack.edits).toEqual(expect.arrayContaining(['generate', 'inpaint', 'outpaint', 'vary', 'remove', 'restyle', 'retouch']))
  expect(await remask('packs', 'verify', 'tiny-amused')).toMatchObject({ code: 0, stderr: '' })

  const out = (name: string) => ['--pack', 'tiny-amused', '--seed', '7', '--steps', '3', '--out', inFolder(name)]
  const created = await remask('generate', 'a cat', ...out('a.png'))
  expect(created).toMatchObject({ code: 0, stderr: '' })
  await remask('generate', 'a cat', ...out('b.png'))
  const [a, b] = [await readPixels(inFolder('a.png')), await readPixels(inFolder('b.png'))]
  expect(a.data.equals(b.data)).toBe(true)
  expect(a.info).toMatchObject(pack.defaultSize)

  const { width, height } = { width: a.info.width * 2, height: a.info.height * 2 }
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 }
  await sharp({ create: { width, height, channels: 3, background: 'grey', noise } }).png().toFile(inFolder('in.png'))
  const hole = { left: Math.round(width / 4), top: Math.round(height / 4), width: Math.round(width / 3), height: Math.round(height / 3) }
  const white = await sharp({ create: { width: hole.width, height: hole.height, channels: 3, background: 'white' } }).png().toBuffer()
  await sharp({ create: { width, height, channels: 3, background: 'black' } })
    .composite([{ input: white, left: hole.left, top: hole.top }]).png().toFile(inFolder('m.png'))
  const repainted = await remask('edit', inFolder('in.png'), '--kind', 'inpaint', '--mask', inFolder('m.png'), '--prompt', 'a cat', ...out('o.png'))
  expect(repainted).toMatchObject({ code: 0, stderr: '' })
  const [before, after] = [await readPixels(inFolder('in.png')), await readPixels(inFolder('o.png'))]
  let [strayCount, changedCount] = [0, 0]
  for (let i = 0; i < width * height; i++) {
    if (before.data.subarray(i * 4, i * 4 + 4).equals(after.data.subarray(i * 4, i * 4 + 4))) continue
    const [x, y] = [i % width, Math.floor(i / width)]
    const isInside = x >= hole.left && x < hole.left + hole.width && y >= hole.top && y < hole.top + hole.height
    if (isInside) changedCount++
    else strayCount++
  }
  expect(strayCount).toBe(0)
  expect(changedCount).toBeGreaterThan(10)

  const extended = await remask('edit', inFolder('in.png'), '--kind', 'outpaint', '--extend', `0,0,${width},0`, '--prompt', 'a cat', ...out('e.png'))
  expect(extended).toMatchObject({ code: 0, stderr: '' })
  const kept = await sharp(inFolder('e.png')).extract({ left: 0, top: 0, width, height }).ensureAlpha().raw().toBuffer()
  expect(kept.equals(before.data)).toBe(true)

  expect(await remask('packs', 'remove', 'tiny-amused')).toMatchObject({ code: 0, stderr: '' })
  expect((await remask('packs', 'list')).stdout).not.toContain('tiny-amused')
  expect(await remask('packs', 'remove', 'starter')).toMatchObject({ code: 1, stdout: '' })
})

test('a precision is chosen and kept', async () => {
  const imported = await remask('packs', 'import', model, '--accept-licence', '--name', 'Exact', '--precision', 'f32', '--json')
  expect(JSON.parse(imported.stdout)).toMatchObject({ id: 'exact', precision: { choice: 'f32', used: 'f32' } })
  const listed = (await remask('packs', 'list', '--json')).stdout.trim().split('\n').map((line) => JSON.parse(line))
  expect(listed.find(({ id }) => id === 'exact')).toMatchObject({ precision: { choice: 'f32', used: 'f32' } })
})

test('what cannot be imported ends with 1, one line, and leaves nothing', async () => {
  rmSync(path.join(model, 'vqvae', 'diffusion_pytorch_model.safetensors'))
  for (const source of [model, inFolder('none'), 'no such thing']) {
    const { code, stdout, stderr } = await remask('packs', 'import', source, '--accept-licence')
    expect({ source, code, stdout, lines: stderr.trim().split('\n').length }).toEqual({ source, code: 1, stdout: '', lines: 1 })
  }
  expect(readdirSync(inFolder('data/packs')).filter((name) => !name.startsWith('.'))).toEqual([])
})

test('a style file is added by a command and drawn in by its name, and another precision is made', async () => {
  test.setTimeout(180_000)
  await remask('packs', 'import', model, '--accept-licence')
  const style = path.join(root, 'models/golden/adapters/diffusers.safetensors')
  expect(await remask('packs', 'add-style', 'tiny-amused', style, '--name', 'Ink')).toMatchObject({ code: 0, stderr: '' })
  const refused = await remask('packs', 'add-style', 'tiny-amused', path.join(model, 'vqvae/diffusion_pytorch_model.safetensors'), '--name', 'No')
  expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('no style file') })
  expect(refused.stderr).not.toMatch(/\n\s+at /)
  expect(await remask('packs', 'precision', 'tiny-amused', 'int4')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('int4') })

  const draw = async (name: string, ...more: string[]) => {
    const drawn = await remask('generate', 'a cat', '--pack', 'tiny-amused', '--seed', '7', '--steps', '4', '--json', '--out', inFolder(name), ...more)
    expect(drawn).toMatchObject({ code: 0, stderr: '' })
    return { pixels: (await readPixels(inFolder(name))).data, recipe: JSON.parse(drawn.stdout).recipe }
  }
  const plain = await draw('plain.png')
  const styled = await draw('styled.png', '--style', 'ink', '--style-strength', '1.5')
  expect(styled.recipe.request.adapter).toMatchObject({ name: 'Ink', strength: 1.5 })
  expect(styled.pixels.equals(plain.pixels)).toBe(false)
  expect((await draw('again.png', '--style', 'ink', '--style-strength', '1.5')).pixels.equals(styled.pixels)).toBe(true)
  expect((await draw('none.png', '--style', 'ink', '--style-strength', '0')).pixels.equals(plain.pixels)).toBe(true)
  const saving = await draw('saving.png', '--guidance-from', '0.25', '--guidance-reuse', '2')
  expect(saving.recipe.request).toMatchObject({ guidanceFrom: 0.25, guidanceReuse: 2 })
  expect((await draw('saving-2.png', '--guidance-from', '0.25', '--guidance-reuse', '2')).pixels.equals(saving.pixels)).toBe(true)

  expect(await remask('packs', 'remove-style', 'tiny-amused', 'ink')).toMatchObject({ code: 0 })
  expect(await remask('generate', 'a cat', '--pack', 'tiny-amused', '--style', 'ink', '--out', inFolder('x.png'))).toMatchObject({ code: 1 })
})
