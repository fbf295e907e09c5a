import { useEffect, useRef } from 'react'
import type { PreviewRaster } from '../engine/engine-client.ts'

/** A forming candidate as the engine last showed it. */
export function PreviewThumbnail({ raster, className }: { raster: PreviewRaster; className?: string | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const { width, height, data } = raster
    context.canvas.width = width
    context.canvas.height = height
    const image = context.createImageData(width, height)
    for (let i = 0; i < width * height; i++) {
      image.data.set(data.subarray(i * 3, i * 3 + 3), i * 4)
      image.data[i * 4 + 3] = 255
    }
    context.putImageData(image, 0, 0)
  }, [raster])
  return <canvas ref={canvas} className={className} aria-hidden />
}
