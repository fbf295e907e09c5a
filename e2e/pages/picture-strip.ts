import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'

const folder = path.join(import.meta.dirname, '../../assets/edits')
/** Of one picture of a strip, however large it is. */
const HEIGHT = 112
const GAP = 4
const QUALITY = 72

/** Pictures side by side, as one small file of the README's table of edits. @param pictures  files, or their bytes. */
export async function writeStrip(name: string, ...pictures: readonly (string | Buffer)[]): Promise<void> {
  const parts = await Promise.all(pictures.map((picture) => sharp(picture).resize({ height: HEIGHT }).png().toBuffer({ resolveWithObject: true })))
  const width = parts.reduce((sum, { info }) => sum + info.width + GAP, -GAP)
  let left = 0
  const layers = parts.map(({ data, info }) => {
    const layer = { input: data, left, top: 0 }
    left += info.width + GAP
    return layer
  })
  const canvas = sharp({ create: { width, height: HEIGHT, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, `${name}.webp`), await canvas.composite(layers).webp({ quality: QUALITY }).toBuffer())
}
