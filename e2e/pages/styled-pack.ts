import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import path from 'node:path'
import sharp from 'sharp'
import type { Remask } from '../harness/remask.ts'
import { STARTER_FOLDER } from './starter-pack.ts'

const STYLES = [
  { name: 'Watercolour', prompt: 'watercolor painting', background: '#7fb2d9' },
  { name: 'Neon', prompt: 'neon art', background: '#c026d3' },
] as const

/**
 * Installs the starter pack a second time, with styles of which a spec knows the names, and takes it into use.
 *
 * @param changes  what else of its description is other than the starter's.
 */
export async function addStyledPack(remask: Remask, changes: object = {}): Promise<void> {
  const folder = path.join(remask.dataFolder, 'packs', 'styled')
  cpSync(STARTER_FOLDER, folder, { recursive: true })
  const file = path.join(folder, 'pack.json')
  const pack = JSON.parse(readFileSync(file, 'utf8')) as { files: object[] }
  const styles = STYLES.map(({ name, prompt }, i) => ({ name, prompt, thumbnail: `spec-style-${i}.webp` }))
  for (const [i, { background }] of STYLES.entries()) {
    await sharp({ create: { width: 96, height: 72, channels: 3, background } }).webp().toFile(path.join(folder, `spec-style-${i}.webp`))
  }
  const files = styles.map(({ thumbnail }) => describeFile(folder, thumbnail))
  writeFileSync(file, JSON.stringify({ ...pack, id: 'styled', name: 'Styled', styles, files: [...pack.files, ...files], ...changes }))
  await remask.page.evaluate(async () => {
    const settings = (await (await fetch('api/settings')).json()) as object
    const body = JSON.stringify({ ...settings, packId: 'styled' })
    await fetch('api/settings', { method: 'PUT', body, headers: { 'content-type': 'application/json' } })
  })
  await remask.page.reload()
}

function describeFile(folder: string, name: string) {
  const file = path.join(folder, name)
  return { path: name, bytes: statSync(file).size, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') }
}
