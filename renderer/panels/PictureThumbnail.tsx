import { useEffect, useRef } from 'react'
import type { PixelRect } from '../../electron/api/geometry.ts'
import type { ImageId } from '../../electron/api/images.ts'
import { useEngine } from '../engine/engine-context.tsx'
import { placeTiles } from './thumbnail-tiles.ts'

interface PictureThumbnailProps {
  imageId: ImageId
  /** The part of the picture to show, in document coordinates. */
  rect: PixelRect
  /** Of its longer side, in CSS pixels. */
  size: number
  className?: string | undefined
}

/** A part of a picture in little, drawn from its tiles. Decoration: what it stands for is said in words beside it. */
export function PictureThumbnail({ imageId, rect, size, className }: PictureThumbnailProps) {
  const { tiles: source } = useEngine()
  const canvas = useRef<HTMLCanvasElement>(null)
  const { x, y, width, height } = rect
  const pixelCount = Math.round(size * window.devicePixelRatio)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const { scale, tiles } = placeTiles({ x, y, width, height }, pixelCount)
    context.canvas.width = Math.max(1, Math.round(width * scale))
    context.canvas.height = Math.max(1, Math.round(height * scale))
    const draw = () => {
      const bitmaps = tiles.map((tile) => ({ tile, bitmap: source.getTile(imageId, tile.level, tile.key) }))
      for (const { tile, bitmap } of bitmaps) {
        if (bitmap) context.drawImage(bitmap, tile.x, tile.y, tile.side, tile.side)
      }
      if (bitmaps.every(({ bitmap }) => bitmap)) end()
    }
    const end = source.subscribe(draw)
    draw()
    return end
  }, [source, imageId, x, y, width, height, pixelCount])
  return <canvas ref={canvas} className={className} aria-hidden />
}
