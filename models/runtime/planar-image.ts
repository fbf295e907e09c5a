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

/** Another size, each pixel the mean of the area of the image that it covers. */
export function resizeByMeans(image: PlanarImage, width: number, height: number): PlanarImage {
  const across = coveredPixels(image.width, width)
  const down = coveredPixels(image.height, height)
  const data = new Float32Array(3 * width * height)
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0
        for (const [row, high] of down[y]!) {
          const start = (channel * image.height + row) * image.width
          for (const [column, wide] of across[x]!) sum += image.data[start + column]! * high * wide
        }
        data[(channel * height + y) * width + x] = sum
      }
    }
  }
  return { width, height, data }
}

/** For each of `to` cells along an axis of `from` pixels: the pixels it covers, and by which share of it. */
function coveredPixels(from: number, to: number): (readonly [pixel: number, share: number])[][] {
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [(i * from) / to, ((i + 1) * from) / to]
    const first = Math.floor(start)
    return Array.from({ length: Math.ceil(end - 1e-9) - first }, (_unused, j) => {
      const pixel = first + j
      return [pixel, (Math.min(end, pixel + 1) - Math.max(start, pixel)) / (end - start)] as const
    })
  })
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

/** Writes a picture over part of another; it lies inside. */
export function pasteImage(into: PlanarImage, part: PlanarImage, left: number, top: number): void {
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < part.height; y++) {
      const from = (channel * part.height + y) * part.width
      into.data.set(part.data.subarray(from, from + part.width), (channel * into.height + top + y) * into.width + left)
    }
  }
}

/** Peak signal to noise ratio in dB; pictures that are equal count as 100. */
export function measurePsnr(a: PlanarImage, b: PlanarImage): number {
  const error = a.data.reduce((sum, value, i) => sum + (value - b.data[i]!) ** 2, 0) / a.data.length
  return error === 0 ? 100 : Math.min(100, -10 * Math.log10(error))
}
