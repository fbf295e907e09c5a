import sharp from 'sharp'
import type { DocumentSummary } from '../../electron/api/documents.ts'
import type { Remask } from '../harness/remask.ts'

/** Decoded pixels: RGBA, 8 bits, row-major. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

export async function readPictureFile(file: string | Buffer): Promise<Picture> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

/** The engine's name of what the open document shows. */
export async function readPictureId(remask: Remask): Promise<string | null> {
  const id = new URL(remask.page.url()).hash.replace('#/documents/', '')
  return (await remask.fetchJson<DocumentSummary>(`documents/${id}`)).picture
}

/** What the open document shows, as the engine would save it. */
export async function readPicture(remask: Remask): Promise<Picture> {
  const imageId = await readPictureId(remask)
  const encoded = await remask.page.evaluate(async (id) => {
    const body = JSON.stringify({ imageId: id, format: 'png', keepRecipe: false })
    const answer = await fetch('api/exports', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  }, imageId)
  return readPictureFile(Buffer.from(encoded, 'base64'))
}

/** Noise: no pixel of it stays as it was by chance. */
export async function drawPhoto(file: string, width: number, height: number): Promise<void> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 }
  const image = sharp({ create: { width, height, channels: 3, background: 'grey', noise } })
  await image.toFile(file)
}

/** A grey picture that is white in one rectangle. */
export async function drawMask(
  file: string,
  size: { width: number; height: number },
  hole: { left: number; top: number; width: number; height: number },
): Promise<void> {
  const white = sharp({ create: { width: hole.width, height: hole.height, channels: 3, background: 'white' } })
  const input = await white.png().toBuffer()
  const black = sharp({ create: { ...size, channels: 3, background: 'black' } })
  await black.composite([{ input, left: hole.left, top: hole.top }]).png().toFile(file)
}

/** The upper left part of a picture. */
export function cutPicture({ width, data }: Picture, cutWidth: number, cutHeight: number): Picture {
  const rows = Array.from({ length: cutHeight }, (_, y) => data.subarray(y * width * 4, (y * width + cutWidth) * 4))
  return { width: cutWidth, height: cutHeight, data: Buffer.concat(rows) }
}

/** Where two pictures of one size differ, at most: null where they are equal. */
export function findDifference(a: Picture, b: Picture): { left: number; top: number; right: number; bottom: number } | null {
  let left = Infinity
  let top = Infinity
  let right = -1
  let bottom = -1
  for (let pixel = 0; pixel < a.width * a.height; pixel++) {
    const at = pixel * 4
    if (a.data.compare(b.data, at, at + 4, at, at + 4) === 0) continue
    const x = pixel % a.width
    const y = Math.floor(pixel / a.width)
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  return right < 0 ? null : { left, top, right, bottom }
}

export interface ChangeCount {
  readonly inside: number
  /** Where nothing may change. */
  readonly outside: number
}

/** Pixels that differ where the mask is above 0 and where it is 0. */
export function countChanges(before: Picture, after: Picture, mask: Picture): ChangeCount {
  let inside = 0
  let outside = 0
  for (let at = 0; at < before.data.length; at += 4) {
    if (before.data.compare(after.data, at, at + 4, at, at + 4) === 0) continue
    if ((mask.data[at] ?? 0) > 0) inside++
    else outside++
  }
  return { inside, outside }
}
