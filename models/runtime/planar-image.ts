import type { PlanarImage } from './vq-tokenizer.ts'

/** A copy of a rectangle of an image. */
export function cutImage(
  image: PlanarImage,
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): PlanarImage {
  const data = new Float32Array(3 * width * height)
  for (let channel = 0; channel < 3; channel++) {
    for (let row = 0; row < height; row++) {
      const start = (channel * image.height + y + row) * image.width + x
      data.set(image.data.subarray(start, start + width), (channel * height + row) * width)
    }
  }
  return { width, height, data }
}

/** 8-bit interleaved RGB to planar floats in [0, 1]. */
export function planarFromRgb(width: number, height: number, rgb: Uint8Array): PlanarImage {
  const area = width * height
  const data = new Float32Array(3 * area)
  for (let i = 0; i < area; i++) {
    for (let channel = 0; channel < 3; channel++) data[channel * area + i] = rgb[i * 3 + channel]! / 255
  }
  return { width, height, data }
}

/** Planar floats to 8-bit interleaved RGB, rounded; values beyond [0, 1], which decoders give, are clamped. */
export function rgbFromPlanar({ width, height, data }: PlanarImage): Uint8Array {
  const area = width * height
  const rgb = new Uint8ClampedArray(3 * area)
  for (let i = 0; i < area; i++) {
    for (let channel = 0; channel < 3; channel++) rgb[i * 3 + channel] = data[channel * area + i]! * 255
  }
  return new Uint8Array(rgb.buffer)
}
